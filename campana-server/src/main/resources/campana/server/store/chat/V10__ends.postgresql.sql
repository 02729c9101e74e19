-- What each message left of its space's quota, so that a space's newest one tells where it ends and no other row need be written with it.
-- Older ones have none; their spaces' rows in space_head do.
alter table message add column quota_state bigint; -- epoch microseconds
