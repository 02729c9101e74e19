-- Instants are epoch milliseconds UTC. Every key of a bucketed table begins with bucket (0 to 255, hash of the space).
-- Reference tables (small, the same on every node) have none.

create table setting (
  name  varchar(64) not null primary key,
  value text        not null
);

create table person (
  person_id     varchar(32)  not null primary key,
  email         varchar(254) not null,
  display_name  varchar(128) not null,
  owner         smallint     not null,
  chat_apps     smallint     not null,
  language      varchar(8)   not null,
  password_hash text,
  create_time   bigint       not null
);
create unique index person_email on person (email) where email <> '';

create table session (
  token_hash  varchar(64) not null primary key,
  person_id   varchar(32) not null,
  create_time bigint      not null,
  expire_time bigint      not null
);

create table sign_in_link (
  token_hash  varchar(64) not null primary key,
  person_id   varchar(32) not null,
  expire_time bigint      not null
);

create table api_token (
  token_id      varchar(32)  not null primary key,
  token_hash    varchar(64)  not null unique,
  display_name  varchar(128) not null,
  person_id     varchar(32)  not null,
  create_time   bigint       not null,
  last_use_time bigint
);

create table space (
  bucket          smallint     not null,
  space_id        varchar(16)  not null,
  display_name    varchar(128) not null,
  space_type      varchar(16)  not null,
  threading       varchar(24)  not null,
  quota_interval  bigint, -- microseconds a slot; null: the server's default
  quota_burst     integer,
  create_time     bigint       not null,
  delete_time     bigint,
  primary key (bucket, space_id)
);

create table member (
  bucket      smallint    not null,
  space_id    varchar(16) not null,
  person_id   varchar(32) not null,
  manager     smallint    not null,
  create_time bigint      not null,
  primary key (bucket, space_id, person_id)
);
create index member_person on member (person_id);

create table webhook (
  bucket        smallint     not null,
  space_id      varchar(16)  not null,
  webhook_id    varchar(16)  not null,
  display_name  varchar(128) not null,
  avatar_url    text         not null,
  token_hash    varchar(64)  not null, -- SHA-256, hex: what a post is checked against
  token_sealed  text         not null, -- the token itself, encrypted: to copy the URL again
  create_time   bigint       not null,
  last_use_time bigint,
  delete_time   bigint,
  primary key (bucket, space_id, webhook_id)
);

create table audit (
  bucket      smallint    not null,
  space_id    varchar(16) not null,
  audit_time  bigint      not null,
  audit_id    varchar(16) not null,
  actor       text        not null,
  action      varchar(64) not null,
  target      text        not null,
  primary key (bucket, space_id, audit_time, audit_id)
);
