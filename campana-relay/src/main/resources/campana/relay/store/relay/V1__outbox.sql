-- Instants are epoch milliseconds UTC. Lane ids are short hashes of lane names; bucket is the hash of the lane id (of the
-- route's name in route_tally). States and other enumerations are numbers that their Java types hold on to.

create table lane (
  bucket        smallint    not null,
  lane          varchar(12) not null,
  name          text        not null, -- https://host/spaces/ID
  last_seq      bigint      not null,
  accepted      bigint      not null, -- accepted = delivered + folded + expired + dead + discarded + waiting
  delivered     bigint      not null,
  folded        bigint      not null,
  expired       bigint      not null,
  dead          bigint      not null,
  discarded     bigint      not null,
  waiting       bigint      not null,
  late          bigint      not null, -- of those that wait
  carried       bigint      not null, -- told to a fallback besides
  paused        smallint    not null,
  proven        smallint    not null, -- whether the far side ever took anything here
  untold_since  bigint,
  told_at       bigint,               -- when the fallback was told of that
  answered_at   bigint      not null,
  asides        integer     not null, -- threads that stand back
  held          integer     not null, -- credentials that are held
  primary key (bucket, lane)
) without rowid;

-- Who empties a lane; a lease ends by itself. One process alone voids all at its start.
create table lease (
  bucket smallint    not null,
  lane   varchar(12) not null,
  holder text        not null,
  until  bigint      not null,
  primary key (bucket, lane)
) without rowid;

create table credential (
  bucket      smallint    not null,
  lane        varchar(12) not null,
  credential  varchar(22) not null,
  url         text        not null, -- sealed
  destination text        not null,
  trust       smallint    not null,
  since       bigint      not null,
  reason      text        not null,
  probes      smallint    not null,
  probe_at    bigint,
  primary key (bucket, lane, credential)
) without rowid;

create table entry (
  bucket       smallint    not null,
  lane         varchar(12) not null,
  seq          bigint      not null,
  state        smallint    not null,
  ready        smallint    not null, -- of one that waits: 2 trusted, 1 unproven, 0 stands back
  priority     smallint    not null,
  strand       bigint      not null, -- what may not overtake one another
  credential   varchar(22) not null,
  destination  text        not null,
  route        text        not null,
  title        text        not null,
  query        text        not null,
  request_id   text        not null,
  missing      smallint    not null, -- where its thread is not there
  thread_key   text,                 -- put into the body on sending
  reply_to     bigint,               -- whose thread's name is put into the body on sending
  opener       bigint      not null, -- whose provisional thread it is in
  body         blob,
  size         integer     not null,
  accepted_at  bigint      not null,
  expires_at   bigint      not null,
  look_at      bigint      not null, -- when housekeeping looks at it: it is late, or it expires
  late         smallint    not null, -- 1 late, 2 also told to the fallback
  attempts     integer     not null,
  failures     smallint    not null, -- in a row, of which nobody knows yet whose fault they are
  strikes      smallint    not null, -- failures while others passed
  unanswered   smallint    not null,
  done_at      bigint,
  reason       text        not null,
  message_name text        not null,
  thread_name  text        not null,
  dedup_scope  text        not null,
  dedup_id     blob,
  primary key (bucket, lane, seq)
);
create index entry_ready on entry (bucket, lane, ready, priority, seq) where state = 0;
create index entry_strand on entry (bucket, lane, strand, seq) where state = 0;
create index entry_look on entry (look_at) where state = 0;
create index entry_done on entry (state, done_at) where state > 0;

-- Threads whose head failed while others passed, or may have.
create table aside (
  bucket   smallint    not null,
  lane     varchar(12) not null,
  strand   bigint      not null,
  seq      bigint      not null,
  retry_at bigint      not null,
  primary key (bucket, lane, strand)
) without rowid;

-- At most 20 an entry: the first ones and the last ones.
create table attempt (
  bucket     smallint    not null,
  lane       varchar(12) not null,
  seq        bigint      not null,
  slot       smallint    not null,
  number     integer     not null,
  status     smallint    not null, -- 0: no answer
  reason     text        not null,
  started_at bigint      not null,
  ended_at   bigint      not null,
  answer     blob        not null, -- its beginning
  primary key (bucket, lane, seq, slot)
) without rowid;

create table dedup (
  bucket smallint    not null,
  lane   varchar(12) not null,
  scope  text        not null,
  id     blob        not null, -- SHA-256, cut
  seq    bigint      not null,
  until  bigint      not null,
  primary key (bucket, lane, scope, id)
) without rowid;
create index dedup_until on dedup (until);

-- The newest episode of a subject.
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
  primary key (bucket, lane, route, subject)
) without rowid;
create index episode_heard on episode (heard_at);

-- Keys that posts to the proxy have used: who opened the thread.
create table key_use (
  bucket  smallint    not null,
  lane    varchar(12) not null,
  strand  bigint      not null,
  opener  bigint      not null,
  used_at bigint      not null,
  primary key (bucket, lane, strand)
) without rowid;
create index key_use_age on key_use (used_at);

create table route_tally (
  bucket    smallint not null,
  route     text     not null,
  received  bigint   not null, -- received = duplicate + filtered + muted + planned
  duplicate bigint   not null,
  filtered  bigint   not null,
  muted     bigint   not null,
  planned   bigint   not null,
  primary key (bucket, route)
) without rowid;
