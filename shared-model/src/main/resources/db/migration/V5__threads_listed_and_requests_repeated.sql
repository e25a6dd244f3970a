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
