-- For the metrics of the backlog, which are read every few seconds: how many files wait to be read into
-- vector stores, and since when. Only those have an entry, so the index is as small as the backlog.
create index vector_store_files_in_progress on vector_store_files (seq) where status = 'in_progress';
