-- What whoever takes a lane over keeps to: when it may be used again, and until when it goes slower as others seem to use the
-- space, too. Only a 429 sets them.
alter table lane add column free_at bigint not null default 0;
alter table lane add column slow_until bigint not null default 0;
