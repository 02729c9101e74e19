alter table entry add column trail text not null default ''; -- relays that a post came through before this one
