-- The order in which threads are listed; their seq counts what is written in them.
alter table threads add column number bigint;
update threads set number = aged.number from (
    select id, row_number() over (
        order by substring(document::text from '"created_at":([0-9]+)')::bigint, id) as number
    from threads) as aged
where aged.id = threads.id;
alter table threads
    alter column number set not null,
    alter column number add generated always as identity;
select setval(pg_get_serial_sequence('threads', 'number'), (select max(number) from threads))
where exists (select 1 from threads);
create index threads_by_project on threads (project_id, number);
create view listed_threads as select id, project_id, number as seq, document from threads;

-- What was asked under an idempotency key, and what was answered.
create table idempotency_keys (
    project_id text not null,
    key text not null,
    -- A digest of all that makes a request the same request.
    request bytea not null,
    -- Where the outcome is to be seen; the ids of new objects are in it before there are any.
    path text,
    -- Counts the tries; each writes for its own number, so that a late one's answer is not kept.
    attempt integer not null default 1,
    lease_until timestamptz not null,
    status integer,
    content_type text,
    -- Null if the answer is to be had at the path: a stream, or something large.
    body bytea,
    created_at timestamptz not null default now(),
    primary key (project_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
