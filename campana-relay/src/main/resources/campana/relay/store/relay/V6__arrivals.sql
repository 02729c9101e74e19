-- What came into a lane in which something waited already, in the order in which it came: an entry takes a page in each index
-- of its lane, and a row here takes none. Moved to entry before anybody looks; has no key, as nothing is looked up in it.
create table arrival (
  bucket       smallint    not null,
  lane         varchar(12) not null,
  seq          bigint      not null,
  ready        smallint    not null,
  priority     smallint    not null,
  strand       bigint      not null,
  credential   varchar(22) not null,
  destination  text        not null,
  route        text        not null,
  title        text        not null,
  query        text        not null,
  request_id   text        not null,
  missing      smallint    not null,
  body         blob        not null,
  accepted_at  bigint      not null,
  expires_at   bigint      not null,
  look_at      bigint      not null,
  tally        smallint,             -- the route's bucket, in the first row of a trigger: it is still to be counted
  thread_key   text,
  dedup_scope  text        not null default '',
  dedup_id     blob,
  dedup_until  bigint,
  subject      blob,
  episode      bigint,
  worst        smallint,
  standing     text,
  opened_at    bigint,
  closed_at    bigint
);

-- Rows are written in rounds, in the order of their keys; so they are in an index by time as well, if all of a round have
-- about the same time.
drop index dedup_until;
create index dedup_until on dedup (until / 10000);
drop index episode_heard;
create index episode_heard on episode (heard_at / 10000);
