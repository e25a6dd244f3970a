-- Bytes in the blob store. Each has its row before its first byte; those that belong to nobody are
-- removed after a while, so it does not matter where a process died.
create table blobs (
    id text primary key,
    -- The file or the upload that the bytes belong to.
    owner text,
    since timestamptz not null default now()
);
create index ownerless_blobs on blobs (since) where owner is null;

create table files (
    id text primary key,
    project_id text not null,
    seq bigint generated always as identity,
    purpose text not null,
    expires_at bigint,
    -- One, or one a part of the upload that it was made of, in their order.
    blobs text[] not null,
    document json not null
);
create index files_by_project on files (project_id, seq);
create index files_by_purpose on files (project_id, purpose, seq);
create index files_by_expiry on files (expires_at) where expires_at is not null;

-- An expired file acts as a deleted one, from the second on and not from when it is swept.
create view live_files as
    select id, project_id, seq, purpose, blobs, document from files
    where expires_at is null or expires_at > extract(epoch from now());

create table uploads (
    id text primary key,
    project_id text not null,
    -- Counts the bytes of the parts, so that they stay within what was announced.
    received bigint not null default 0,
    status text not null,
    expires_at bigint not null,
    -- When the file that it becomes shall expire, counted from its creation.
    file_lives_seconds bigint,
    document json not null,
    constraint known_upload_status check (status in ('pending', 'completed', 'cancelled', 'expired'))
);
create index uploads_by_deadline on uploads (expires_at) where status = 'pending';

create table upload_parts (
    id text primary key,
    upload_id text not null references uploads on delete cascade,
    blob text not null,
    bytes bigint not null
);
create index parts_of_upload on upload_parts (upload_id);
