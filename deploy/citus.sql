-- Spreads Campana's tables over the nodes of a Citus cluster: those with a bucket by it, side by side, and all others, which
-- are small and rarely written, as a copy on each node. docs/scaling.md says when and how:
--
--   psql -f citus.sql postgresql://OWNER@COORDINATOR/DATABASE
--
-- after the first start of `campana serve --database …` with that database, and after each upgrade that brings tables, while
-- no Campana runs. It may be run as often as you like: what is spread already stays as it is.
\set ON_ERROR_STOP on
\if :{?shards}
\else
  \set shards 32
\endif

-- What its schema's other tables with a bucket lie beside.
select format('select create_distributed_table(%L, ''bucket'', colocate_with => ''none'', shard_count => %s)',
              format('%I.commit_mark', n.nspname), :shards)
  from pg_namespace n
 where n.nspname in ('chat', 'relay')
   and not exists (select 1 from pg_dist_partition d where d.logicalrelid = to_regclass(format('%I.commit_mark', n.nspname)))
 order by n.nspname
\gexec

select format('select create_distributed_table(%L, ''bucket'', colocate_with => %L)',
              format('%I.%I', n.nspname, c.relname), format('%I.commit_mark', n.nspname))
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in ('chat', 'relay') and c.relkind = 'r' and not c.relispartition
   and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'bucket')
   and not exists (select 1 from pg_dist_partition d where d.logicalrelid = c.oid)
 order by n.nspname, c.relname
\gexec

select format('select create_reference_table(%L)', format('%I.%I', n.nspname, c.relname))
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in ('chat', 'relay') and c.relkind = 'r' and not c.relispartition
   and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'bucket')
   and not exists (select 1 from pg_dist_partition d where d.logicalrelid = c.oid)
 order by n.nspname, c.relname
\gexec
