-- What requests to endpoints of users carry, and what signs them. It is in no document, because
-- documents are shown, and no statement gives it to a client.
create table tool_secrets (
    id text primary key,
    project_id text not null,
    -- The assistant whose tool it is for; another word if it was given to one run alone.
    owner text not null,
    document json not null,
    created_at timestamptz not null default now()
);
create index tool_secrets_by_age on tool_secrets (created_at);

-- Calls that were handed to another service and wait for its answer, and calls that must not be
-- executed twice, from their beginning to their answer.
create table tool_calls (
    -- What an answer has to name.
    id text primary key,
    project_id text not null,
    thread_id text not null,
    run_id text not null,
    step_id text not null,
    call_id text not null,
    -- Whether another service answers it.
    awaited boolean not null,
    answer json,
    deadline timestamptz not null,
    -- Some models count their calls from 0 at every turn.
    unique (step_id, call_id)
);
create index tool_calls_by_deadline on tool_calls (deadline);
