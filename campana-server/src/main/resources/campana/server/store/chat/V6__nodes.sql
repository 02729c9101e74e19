-- What all processes on one database obey or share. Reference tables, of few rows.
create table rehearsal (
  space_id   varchar(16) not null primary key,
  fault      varchar(16) not null,
  rate       smallint    not null,
  posts_left integer, -- null: as many as come
  start_time bigint      not null,
  end_time   bigint
);

create table sign_in_failure (
  email_hash varchar(64) not null primary key, -- SHA-256, hex
  failures   integer     not null,
  fail_time  bigint      not null -- of the newest
);
