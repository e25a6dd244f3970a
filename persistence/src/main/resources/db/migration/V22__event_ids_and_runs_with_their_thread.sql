-- Whether the streams of a project carry ids of events although no request asks for them.
alter table project_settings add column event_ids boolean not null default false;

-- Whether the run was created together with its thread: then its stream begins with the thread's creation.
alter table runs add column with_thread boolean not null default false;
