-- Which session of the code interpreter a thread had last. The session itself lives in a worker's
-- memory; by this row the next one knows that there was another before it, and says so to the model.
create table code_sessions (
    thread_id text primary key,
    project_id text not null,
    session_id text not null,
    -- The call that opened it, and whether there was none before: so it is also when a worker dies
    -- with that call, and the next one opens another session for it.
    opened_by text not null,
    is_first boolean not null
);
