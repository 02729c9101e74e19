-- Nothing is appended before it gets its place: here the log has the changes, not the pages.
drop index dedup_until;
create index dedup_until on dedup ((until / 10000));
drop index episode_heard;
create index episode_heard on episode ((heard_at / 10000));
-- Rows have no place of their own to be listed by.
create index entry_waiting on entry (accepted_at, lane, seq) where state = 0;
