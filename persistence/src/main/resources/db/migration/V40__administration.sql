-- What the administration knows of projects and keys. New columns have defaults, because the previous version
-- goes on inserting projects and keys without them.
alter table projects
    add column seq bigint generated always as identity,
    add column archived_at timestamptz;
create unique index projects_by_seq on projects (seq);

create table service_accounts (
    id text primary key,
    project_id text not null references projects,
    seq bigint generated always as identity,
    name text not null,
    role text not null,
    created_at timestamptz not null,
    deleted_at timestamptz
);
create index service_accounts_by_project on service_accounts (project_id, seq);

-- The id names a key in the API; its value is known by its hash alone. Scopes are separated by spaces, as in OAuth;
-- a key without any is not restricted.
alter table api_keys
    add column id text not null default 'key_' || replace(gen_random_uuid()::text, '-', ''),
    add column seq bigint generated always as identity,
    add column name text not null default '',
    add column service_account_id text references service_accounts,
    add column scopes text not null default '',
    add column expires_at timestamptz,
    add column last_used_at timestamptz;
create unique index api_keys_by_id on api_keys (id);
create index api_keys_by_project on api_keys (project_id, seq);

create table admin_keys (
    id text primary key,
    hash bytea not null unique,
    seq bigint generated always as identity,
    name text not null,
    hint text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);
create unique index admin_keys_by_seq on admin_keys (seq);

-- The document is the event as the API shows it, with the state before the change.
create table audit_logs (
    id text primary key,
    seq bigint generated always as identity,
    type text not null,
    effective_at timestamptz not null,
    project_id text,
    actor_id text not null,
    resource_id text not null,
    document json not null
);
create unique index audit_logs_by_seq on audit_logs (seq);
create index audit_logs_by_project on audit_logs (project_id, seq);
