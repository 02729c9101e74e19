-- Dedup ids and episodes are written some seconds later than the entries that have them, sorted and many at a time; an entry
-- holds what is needed to do so after a crash.
alter table lane add column filed_seq bigint not null default 0; -- so far all are written
update lane set filed_seq = last_seq;
alter table entry add column dedup_until bigint;
alter table entry add column subject blob;         -- of its episode; and how that stood with this entry:
alter table entry add column episode bigint;
alter table entry add column worst smallint;
alter table entry add column standing text;
alter table entry add column opened_at bigint;
alter table entry add column closed_at bigint;
