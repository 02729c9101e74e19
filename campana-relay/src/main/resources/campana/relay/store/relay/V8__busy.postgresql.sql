-- Where several look each second in which lanes something waits, and how much: without a look at those that rest. A column of
-- its own, as it changes rarely: an index that named `waiting` would be written with every entry.
alter table lane add column busy smallint generated always as (case when waiting > 0 then 1 else 0 end) stored;
create index lane_busy on lane (bucket, lane) where busy = 1;
create index lane_unproven on lane (bucket, lane) where proven = 0;
