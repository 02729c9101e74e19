-- Rows stand in the order in which they are written. By their keys they lie anywhere, so only what finds them does: a row of
-- this table is five times as large as one of that index, and would have a page to itself.
alter table episode rename to episode_by_key;
drop index episode_heard;
create table episode (
  bucket     smallint    not null,
  lane       varchar(12) not null,
  route      text        not null,
  subject    blob        not null, -- SHA-256 of source and subject, cut
  number     bigint      not null,
  thread_key text        not null,
  worst      smallint    not null, -- severity that was last mentioned
  title      text        not null, -- of what was heard last
  opened_at  bigint      not null,
  heard_at   bigint      not null,
  closed_at  bigint,
  standing   text        not null default '', -- what stood when it was last told; empty: not known
  strand     bigint      not null default 0 -- its entries'; 0: made from its key, as once
);
insert into episode (bucket, lane, route, subject, number, thread_key, worst, title, opened_at, heard_at, closed_at,
    standing, strand)
  select bucket, lane, route, subject, number, thread_key, worst, title, opened_at, heard_at, closed_at, standing, strand
    from episode_by_key order by heard_at;
drop table episode_by_key;
create unique index episode_key on episode (bucket, lane, route, subject);
create index episode_heard on episode (heard_at / 10000);
