package dev.threadwell.persistence.vectorstore;

/**
 * The end of every statement that changes the status of a store's files: it updates the counters of
 * the store and of its batches. It reads a table {@code moved (file_id, was, is_now, bytes)}, where
 * a null status means that the file is not in the store, and {@code bytes} is the change of the
 * usage. An earlier statement must have locked the store's row ({@code :store_id}, of {@code
 * :project_id}), so that this one sees all committed changes.
 */
final class StatusCounters {

    private static final String CHANGES =
            """
            count(*) filter (where is_now = 'in_progress')
                - count(*) filter (where was = 'in_progress') as in_progress,
            count(*) filter (where is_now = 'completed')
                - count(*) filter (where was = 'completed') as completed,
            count(*) filter (where is_now = 'failed')
                - count(*) filter (where was = 'failed') as failed,
            count(*) filter (where is_now = 'cancelled')
                - count(*) filter (where was = 'cancelled') as cancelled
            """;

    private static final String COUNTS =
            """
            in_progress = t.in_progress + c.in_progress,
            completed = t.completed + c.completed,
            failed = t.failed + c.failed,
            cancelled = t.cancelled + c.cancelled
            """;

    private StatusCounters() {}

    /**
     * The end of a statement.
     *
     * @param alsoSet further assignments to the store's row, each followed by a comma
     */
    static String counted(String alsoSet) {
        return """
                in_store as (
                    update vector_stores t set %s usage_bytes = t.usage_bytes + c.bytes, %s
                    from (select coalesce(sum(bytes), 0) as bytes, %s from moved) c
                    where t.id = :store_id and t.project_id = :project_id),
                in_batches as (
                    update vector_store_file_batches t set %s
                    from (
                        select m.batch_id, %s
                        from moved
                        join vector_store_batch_members m
                            on m.vector_store_id = :store_id and m.file_id = moved.file_id
                        group by m.batch_id) c
                    where t.id = c.batch_id and t.project_id = :project_id)
                """
                .formatted(alsoSet, COUNTS, CHANGES, COUNTS, CHANGES);
    }
}
