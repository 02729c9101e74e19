-- Each message leads to the one before it in its space (`previous`) and to one further back (`jump`), by their entries; 0:
-- to none. A space's newest is in its head, with the entries that its jumps lead to (`path`). So any position is found in
-- few steps and no index on positions has to be kept.
--
-- From the message at position p the jump leads to p - w, where w is the last weight when p is taken apart greedily into
-- weights 2^k - 1.
alter table message add column previous bigint not null default 0;
alter table message add column jump bigint not null default 0;
alter table space_head add column path text not null default '';

insert or ignore into message_at (bucket, space_id, position, entry)
select bucket, space_id, position, entry from message;

update message
   set previous = coalesce((select a.entry from message_at a
                             where a.bucket = message.bucket and a.space_id = message.space_id
                               and a.position = message.position - 1), 0),
       jump = coalesce((select a.entry from message_at a
                         where a.bucket = message.bucket and a.space_id = message.space_id
                           and a.position = message.position - (
                             with recursive part (rest, weight) as (
                               select message.position, (1 << 40) - 1
                               union all
                               select iif(rest >= weight, rest - weight, rest), iif(rest >= weight, weight, weight >> 1)
                                 from part where rest > 0)
                             select weight from part where rest = 0)), 0);

-- Only what was filed: the rest is read from the log again.
insert into space_head (bucket, space_id, position, quota_state, path)
select m.bucket, m.space_id, m.position, m.quota_state, (
         with recursive step (number, entry, jump) as (
           select 0, m.entry, m.jump
           union all
           select number + 1, o.entry, o.jump from step join message o on o.entry = step.jump)
         select group_concat(entry, ' ' order by number) from step)
  from message m
 where m.entry in (select max(entry) from message
                    where entry <= coalesce((select cast(value as integer) from setting where name = 'messages.filed'), 0)
                    group by bucket, space_id)
on conflict do update set position = excluded.position, quota_state = excluded.quota_state, path = excluded.path
 where excluded.position >= space_head.position;

drop table message_at;
