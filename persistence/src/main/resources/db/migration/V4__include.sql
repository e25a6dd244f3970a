-- Whether the run's streams show the content of what file search found: its client says so once, when
-- it creates the run, but a step may end in a later stream.
alter table runs add column contents boolean not null default false;
