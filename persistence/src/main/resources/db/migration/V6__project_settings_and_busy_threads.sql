-- What a project wants otherwise than the original has it; without a row it has the defaults.
create table project_settings (
    project_id text primary key references projects,
    busy_thread text not null default 'reject',
    -- Null: as the installation has it.
    download_own_files boolean,
    constraint known_policy check (busy_thread in ('reject', 'enqueue', 'interrupt'))
);

-- How many runs wait for the thread. It is read with the lock, so it is true even in a statement whose
-- snapshot is older than the lock: such a statement learns from it that it has not seen them all.
alter table threads add column waiting integer not null default 0;

-- A run that waits for its thread is queued, but does not hold it. The messages that come with it are
-- held back until it does.
alter table runs add column waiting boolean not null default false;
-- Columns of their own for ids and roles: PostgreSQL reads no field of a document with a zero character.
alter table runs add column held_ids text[], add column held_roles text[], add column held_documents json[];
alter table runs add constraint waiting_is_queued check (not waiting or status = 'queued');

drop index one_active_run;
create unique index one_active_run on runs (thread_id) where ended_at is null and not waiting;
create index waiting_runs on runs (thread_id, seq) where waiting;
