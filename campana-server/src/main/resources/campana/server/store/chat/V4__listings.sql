-- Listings go by id from where the page before ended.
create index space_listed on space (space_id) where delete_time is null;
drop index member_person;
create index member_person on member (person_id, space_id);
