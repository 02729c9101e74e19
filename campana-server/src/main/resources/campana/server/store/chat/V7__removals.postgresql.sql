-- So that each process can tell its viewers what others have removed.
create index message_removed on message (bucket, space_id, remove_time) where remove_time is not null;
