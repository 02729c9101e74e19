-- A strand has the number of the entry that began it, so only those behind it are looked for by it.
drop index entry_strand;
create index entry_strand on entry (bucket, lane, strand, seq) where state = 0 and strand <> seq;
alter table episode add column strand bigint not null default 0; -- its entries'; 0: made from its key, as once
