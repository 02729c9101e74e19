create table note (id integer not null primary key, text text not null);
create index note_text on note (text);
