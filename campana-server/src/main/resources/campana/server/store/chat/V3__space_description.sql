alter table space add column description varchar(150) not null default '';
