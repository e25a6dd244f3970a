-- How long a project keeps threads in which nothing is written any more, and files. Null: as the
-- installation has it. The version before does not read these columns and deletes nothing.
alter table project_settings add column keep_threads interval, add column keep_files interval;
alter table project_settings add constraint kept_for_a_while
    check (keep_threads > interval '0' and keep_files > interval '0');
