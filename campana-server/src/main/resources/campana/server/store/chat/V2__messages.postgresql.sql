-- A message is found by its position; a post touches that key's page, and others only for a reply, a key or an id of its own.
create table message (
  bucket       smallint                not null,
  space_id     varchar(16) collate "C" not null,
  position     bigint                  not null, -- from 1, without gaps within the space
  thread       bigint                  not null, -- position of the message that opened its thread
  webhook_id   varchar(16) collate "C" not null,
  create_time  bigint                  not null,
  content      bytea                   not null,
  thread_key   text collate "C",
  reply_option smallint,                         -- the wire's number; null: sent without one
  message_id   varchar(63) collate "C",
  removed_by   text collate "C",
  remove_time  bigint,
  primary key (bucket, space_id, position)
);
-- Replies only: an opener is found by its position.
create index message_reply on message (bucket, space_id, thread, position) where thread <> position;
create unique index message_own on message (bucket, space_id, message_id) where message_id is not null;
-- Of a few pages, as rows come in order of time.
create index message_age on message using brin (create_time);

-- A space's newest position and its quota, locked by whoever posts there. It outlives the messages, so that positions never
-- start again.
create table space_head (
  bucket      smallint                not null,
  space_id    varchar(16) collate "C" not null,
  position    bigint                  not null,
  quota_state bigint                  not null, -- epoch microseconds
  primary key (bucket, space_id)
);

-- Keys and request ids are kept as fingerprints of (webhook, text).
create table thread_key (
  bucket    smallint                not null,
  space_id  varchar(16) collate "C" not null,
  key_hash  bytea                   not null,
  thread    bigint                  not null,
  bind_time bigint                  not null,
  primary key (bucket, space_id, key_hash)
);

create table request (
  bucket       smallint                not null,
  space_id     varchar(16) collate "C" not null,
  request_hash bytea                   not null,
  position     bigint                  not null,
  thread       bigint                  not null,
  create_time  bigint                  not null,
  primary key (bucket, space_id, request_hash)
);
create index request_age on request (create_time);
