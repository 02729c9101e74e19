-- The log: rows in commit order, appended only, so that a post touches one page at the end. `entry` is its order over all
-- spaces and in SQLite the row's own place, hence a key without bucket; where a database is spread over nodes the key is
-- (bucket, space_id, position) and `entry` an ordinary column. Everything below that leads to a message is entered later, in
-- bulk and sorted (setting 'messages.filed': up to which entry); what is not filed yet is found by reading the log's end.
create table message (
  entry       integer     not null primary key,
  bucket      smallint    not null,
  space_id    varchar(16) not null,
  position    bigint      not null, -- from 1, without gaps within the space
  thread      bigint      not null, -- position of the message that opened its thread
  webhook_id  varchar(16) not null,
  create_time bigint      not null,
  quota_state bigint      not null, -- of the space after this message, epoch microseconds
  content     blob        not null,
  thread_key  text,
  reply_option smallint,            -- the wire's number; null: sent without one
  binds       smallint,             -- 1: thread_key leads to this thread from here on
  request_id  text,
  message_id  text,
  removed_by  text,
  remove_time bigint
);

-- What retention leaves of a space's last deleted message, so that positions never start again.
create table space_head (
  bucket      smallint    not null,
  space_id    varchar(16) not null,
  position    bigint      not null,
  quota_state bigint      not null,
  primary key (bucket, space_id)
) without rowid;

create table message_at (
  bucket   smallint    not null,
  space_id varchar(16) not null,
  position bigint      not null,
  entry    bigint      not null,
  primary key (bucket, space_id, position)
) without rowid;

-- Replies only: an opener is found by its position.
create table reply_at (
  bucket   smallint    not null,
  space_id varchar(16) not null,
  thread   bigint      not null,
  position bigint      not null,
  entry    bigint      not null,
  primary key (bucket, space_id, thread, position)
) without rowid;

-- Keys and request ids are kept as fingerprints of (webhook, text).
create table thread_key (
  bucket    smallint    not null,
  space_id  varchar(16) not null,
  key_hash  blob        not null,
  thread    bigint      not null,
  bind_time bigint      not null,
  primary key (bucket, space_id, key_hash)
) without rowid;

create table request (
  bucket       smallint    not null,
  space_id     varchar(16) not null,
  request_hash blob        not null,
  position     bigint      not null,
  thread       bigint      not null,
  create_time  bigint      not null,
  primary key (bucket, space_id, request_hash)
) without rowid;
create index request_age on request (create_time);

create table message_alias (
  bucket     smallint    not null,
  space_id   varchar(16) not null,
  message_id varchar(63) not null,
  position   bigint      not null,
  primary key (bucket, space_id, message_id)
) without rowid;
