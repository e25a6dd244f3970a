-- What is looked up is a column. PostgreSQL reads no field of a document that has a zero character
-- anywhere, and a pattern over the text of a document finds what only looks like the field.

-- The vector store of an assistant or a thread, of which there is at most one.
alter table assistants add column vector_store_id text;
alter table threads add column vector_store_id text;
-- The assistant of a run. It is asked for while the run is active: runs that had ended when this
-- column came have none, so that the largest of the tables is not written anew.
alter table runs add column assistant_id text;
-- Without zero characters, which a text cannot have.
alter table files add column filename text, add column bytes bigint;

-- Once, by the text. Assistants and threads that use no store are found by the old indexes not to;
-- of runs, those without an end have an index. Files are written anew as a whole.
update assistants set vector_store_id = used_vector_store(document)
    where used_vector_store(document) is not null;
update threads set vector_store_id = used_vector_store(document)
    where used_vector_store(document) is not null;
update runs set assistant_id = substring(document::text from '"assistant_id":"([A-Za-z0-9_-]+)"')
    where ended_at is null;
update files set
    bytes = substring(document::text from '"bytes": ?([0-9]+)')::bigint,
    filename = regexp_replace(
        document::text, '((?:^|[^\\])(?:\\\\)*)(?:\\u0000)+', '\1', 'g')::json ->> 'filename';

drop index assistants_by_vector_store;
drop index threads_by_vector_store;
create index assistants_by_vector_store on assistants (vector_store_id) where vector_store_id is not null;
create index threads_by_vector_store on threads (vector_store_id) where vector_store_id is not null;
drop function used_vector_store(json);

create or replace view live_files as
    select id, project_id, seq, purpose, blobs, document, filename, bytes from files
    where expires_at is null or expires_at > extract(epoch from now());
