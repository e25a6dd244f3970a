-- A table is the few columns that are looked up, locked or paged by, and one document: the object
-- as the API shows it. The documents are json and not jsonb, because clients see the order of their
-- own keys (metadata, schemas) again, which jsonb does not keep.

create table projects (
    id text primary key,
    name text not null,
    created_at timestamptz not null default now()
);

create table api_keys (
    hash bytea primary key,
    project_id text not null references projects,
    hint text not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);

create table assistants (
    id text primary key,
    project_id text not null references projects,
    seq bigint generated always as identity,
    document json not null
);
create index assistants_by_project on assistants (project_id, seq);

-- seq numbers everything that is written in a thread, in the order of the commits.
create table threads (
    id text primary key,
    project_id text not null,
    seq bigint not null default 0,
    document json not null
) with (fillfactor = 80);

create table messages (
    id text primary key,
    project_id text not null,
    thread_id text not null,
    seq bigint not null,
    role text not null,
    run_id text,
    document json not null
);
create unique index messages_of_thread on messages (thread_id, seq);

create table runs (
    id text primary key,
    project_id text not null,
    thread_id text not null,
    seq bigint not null,
    status text not null,
    -- Counts the changes; each write names the version it was decided on.
    version integer not null default 0,
    -- Counts the claims; a worker's write names its own, so that a zombie's changes nothing.
    epoch integer not null default 0,
    worker text,
    -- The partition of run.stream that its events go to, while somebody streams it.
    stream integer,
    expires_at bigint not null,
    ended_at timestamptz,
    spent json not null,
    document json not null,
    constraint known_status check (status in ('queued', 'in_progress', 'requires_action',
        'cancelling', 'cancelled', 'failed', 'completed', 'incomplete', 'expired')),
    constraint ended_is_final check ((ended_at is not null) = (status in
        ('cancelled', 'failed', 'completed', 'incomplete', 'expired'))),
    constraint ended_is_free check (ended_at is null or worker is null)
) with (fillfactor = 70);
create index runs_of_thread on runs (thread_id, seq);
-- The thread lock: one active run a thread. Active is what has no end (see ended_is_final).
create unique index one_active_run on runs (thread_id) where ended_at is null;
create index runs_of_worker on runs (worker) where worker is not null;
create index runs_by_deadline on runs (expires_at) where ended_at is null;

create table run_steps (
    id text primary key,
    project_id text not null,
    thread_id text not null,
    run_id text not null,
    seq bigint not null,
    type text not null,
    open boolean not null,
    -- The tokens of an open step; its document shows them when it has ended.
    spent json not null,
    document json not null
);
create unique index steps_of_run on run_steps (run_id, seq);
-- What the model is reminded of.
create index tool_steps_of_thread on run_steps (thread_id, seq) where type = 'tool_calls';

-- One heartbeat a worker, whatever it holds; judged by this clock alone.
create table workers (
    id text primary key,
    lease_until timestamptz not null
);

create table outbox (
    id bigint generated always as identity primary key,
    shard smallint not null,
    topic text not null,
    key text not null,
    headers json not null,
    payload text not null,
    created_at timestamptz not null default now()
);

-- Who sweeps which shard of the outbox.
create table leases (
    name text primary key,
    holder text not null,
    until timestamptz not null
);
