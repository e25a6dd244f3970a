-- What an object says of itself lies in its document; what ingestion changes lies in columns, so
-- that files which end at the same moment only have to count.

create table vector_stores (
    id text primary key,
    project_id text not null,
    seq bigint generated always as identity,
    in_progress integer not null default 0,
    completed integer not null default 0,
    failed integer not null default 0,
    cancelled integer not null default 0,
    usage_bytes bigint not null default 0,
    last_active_at bigint not null,
    document json not null,
    constraint counted check (in_progress >= 0 and completed >= 0 and failed >= 0 and cancelled >= 0)
) with (fillfactor = 80);
create index vector_stores_by_project on vector_stores (project_id, seq);

create table vector_store_files (
    -- The file's own id: a file is in a store once.
    id text not null,
    vector_store_id text not null references vector_stores on delete cascade,
    project_id text not null,
    -- The order of a list; also names this stay of the file in the store, should it come again.
    seq bigint generated always as identity,
    status text not null,
    usage_bytes bigint not null default 0,
    last_error json,
    -- The file itself may be deleted before.
    filename text not null,
    attributes jsonb not null,
    document json not null,
    primary key (vector_store_id, id),
    constraint known_status check (status in ('in_progress', 'completed', 'failed', 'cancelled'))
) with (fillfactor = 80);
create index files_of_vector_store on vector_store_files (vector_store_id, seq);
create index vector_stores_of_file on vector_store_files (id);

create table vector_store_file_batches (
    id text primary key,
    vector_store_id text not null references vector_stores on delete cascade,
    project_id text not null,
    in_progress integer not null,
    completed integer not null default 0,
    failed integer not null default 0,
    cancelled integer not null default 0,
    cancelled_at timestamptz,
    document json not null
) with (fillfactor = 80);
create index batches_of_vector_store on vector_store_file_batches (vector_store_id);

create table vector_store_batch_members (
    batch_id text not null references vector_store_file_batches on delete cascade,
    vector_store_id text not null,
    file_id text not null,
    primary key (batch_id, file_id),
    foreign key (vector_store_id, file_id) references vector_store_files on delete cascade
);
create index batches_of_file on vector_store_batch_members (vector_store_id, file_id);

create view vector_store_batch_files as
    select m.batch_id, f.*
    from vector_store_batch_members m
    join vector_store_files f on f.vector_store_id = m.vector_store_id and f.id = m.file_id;

create table vector_store_chunks (
    vector_store_id text not null,
    file_id text not null,
    -- The stay of the file that it was read for (its seq), and its place in the file.
    stay bigint not null,
    n integer not null,
    project_id text not null,
    -- How many characters at its start are the end of the chunk before.
    overlap integer not null,
    text text not null,
    words tsvector not null,
    primary key (vector_store_id, file_id, stay, n),
    foreign key (vector_store_id, file_id) references vector_store_files on delete cascade
);
create index vector_store_chunks_by_word on vector_store_chunks using gin (words);

-- Who uses a store, for its deletion: at most one each. By its text, because the functions for json
-- refuse documents that have a zero character anywhere.
create function used_vector_store(document json) returns text
    language sql immutable strict parallel safe
    as $$ select substring(document::text from '"vector_store_ids":\["([A-Za-z0-9_-]+)"') $$;

create index assistants_by_vector_store on assistants (used_vector_store(document))
    where used_vector_store(document) is not null;
create index threads_by_vector_store on threads (used_vector_store(document))
    where used_vector_store(document) is not null;
