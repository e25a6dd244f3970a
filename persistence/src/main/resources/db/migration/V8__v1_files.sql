-- The files that clients of v1 gave to an assistant or a message, or a run had by its assistant, as
-- v1 shows them. They are not in the object's own document, because what is changed by way of v2 is
-- not to be seen here. The row of a new object is written before the object: without one it says
-- nothing.
create table v1_files (
    id text primary key,
    project_id text not null,
    -- What lies in a thread goes with it.
    thread_id text,
    document json not null
);
create index v1_files_of_thread on v1_files (thread_id) where thread_id is not null;
