-- What one process at a time does for all, until when: a lease that ends by itself. A reference table.
create table duty (
  name   varchar(32) not null primary key,
  holder varchar(36) not null,
  until  bigint      not null
);
