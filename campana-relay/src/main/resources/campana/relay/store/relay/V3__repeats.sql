alter table episode add column standing text not null default ''; -- what stood when it was last told; empty: not known
