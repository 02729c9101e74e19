-- A database that a program takes for Citus: the extension's name is there, and what citus.sql calls. A table that is
-- distributed is partitioned by its bucket, so what Citus refuses about keys is refused, and a plan shows which buckets a
-- statement reaches. Each transaction's buckets are noted; -1 stands for a reference table.
set allow_system_table_mods = on;
insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
  values (99999, 'citus', 10, 'pg_catalog'::regnamespace, false, '0');
create table pg_catalog.pg_dist_partition (logicalrelid oid primary key);
reset allow_system_table_mods;

create extension pg_stat_statements;
create schema noted;
create unlogged table noted.bucket (
  txid       bigint not null,
  schema     text   not null,
  bucket     int    not null,
  table_name text   not null,
  primary key (txid, schema, bucket, table_name)
);

create function noted.row() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.bucket <> old.bucket then
    raise exception 'modifying the partition value of rows is not allowed';
  end if;
  insert into noted.bucket values (txid_current(), tg_table_schema, coalesce(new.bucket, old.bucket), tg_argv[0])
    on conflict do nothing;
  return null;
end $$;

create function noted.statement() returns trigger language plpgsql as $$
begin
  insert into noted.bucket values (txid_current(), tg_table_schema, -1, tg_table_name) on conflict do nothing;
  return null;
end $$;

create function create_reference_table(table_name regclass) returns void language plpgsql as $$
begin
  execute format('create trigger noted after insert or update or delete on %s for each statement
    execute function noted.statement()', table_name);
  insert into pg_dist_partition values (table_name);
end $$;

create function create_distributed_table(table_name regclass, distribution_column text, colocate_with text default 'default',
    shard_count int default null) returns void language plpgsql as $$
declare
  home text := (select nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = table_name);
  named text := (select relname from pg_class where oid = table_name);
  indexes text[] := array(select pg_get_indexdef(indexrelid) from pg_index where indrelid = table_name and not indisprimary);
  keys text[] := array(select pg_get_constraintdef(oid) from pg_constraint where conrelid = table_name and contype in ('p', 'u'));
  written text := (select string_agg(quote_ident(attname), ', ') from pg_attribute
    where attrelid = table_name and attnum > 0 and not attisdropped and attgenerated = '');
  command text;
begin
  execute format('alter table %I.%I rename to before', home, named);
  execute format('create table %I.%I (like %I.before including defaults including generated) partition by hash (%I)', home, named, home, distribution_column);
  for part in 0..1 loop
    execute format('create table %I.%I partition of %I.%I for values with (modulus 2, remainder %s)',
      home, named || '_' || part, home, named, part);
  end loop;
  execute format('insert into %I.%I (%s) select %s from %I.before', home, named, written, written, home);
  execute format('drop table %I.before', home);
  foreach command in array keys loop
    execute format('alter table %I.%I add %s', home, named, command);
  end loop;
  foreach command in array indexes loop
    execute command;
  end loop;
  execute format('create trigger noted after insert or update or delete on %I.%I for each row
    execute function noted.row(%L)', home, named, named);
  insert into pg_dist_partition values (format('%I.%I', home, named)::regclass);
end $$;
