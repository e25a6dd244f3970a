-- With how many workers a run has been held when they died. A run that no worker has died with has
-- no row; a worker that stops in an orderly way is not counted.
create table run_deaths (
    run_id text primary key references runs on delete cascade,
    deaths integer not null
);
create index run_deaths_by_count on run_deaths (deaths);

-- Whether the death of this worker has been counted for the runs that it held.
alter table workers add column counted boolean not null default false;

-- Which tool workers have begun a piece of work, a tool call or the reading of a file, and neither
-- finished it nor let go of it in an orderly way. A row of a worker that is gone is its death.
create table work_begun (
    work text not null,
    worker text not null,
    begun_at timestamptz not null default now(),
    primary key (work, worker)
);
create index work_begun_by_age on work_begun (begun_at);
