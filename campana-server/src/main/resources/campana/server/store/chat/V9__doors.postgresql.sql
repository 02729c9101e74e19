-- How often the doors of a bucket's spaces were changed, so that each process learns of what another one did.
create table door_change (
  bucket  smallint not null primary key,
  changes bigint   not null
);

-- Each post writes its space's head again, and room on its page spares the index.
alter table space_head set (fillfactor = 50);
