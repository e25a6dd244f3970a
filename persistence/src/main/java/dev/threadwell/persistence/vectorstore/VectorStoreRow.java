package dev.threadwell.persistence.vectorstore;

import dev.threadwell.vectorstore.FileBatch;
import dev.threadwell.vectorstore.FileCounts;
import dev.threadwell.vectorstore.IngestionStatus;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Locale;

/** Builds vector stores, their files and their batches from the document and the other columns. */
final class VectorStoreRow {

    private static final String COUNTS = "in_progress, completed, failed, cancelled, ";

    static final String STORE = COUNTS + "usage_bytes, last_active_at, document::text as document";

    static final String FILE =
            "status, usage_bytes, last_error::text as last_error, document::text as document";

    static final String BATCH =
            COUNTS + "cancelled_at is not null as stopped, document::text as document";

    private VectorStoreRow() {}

    static VectorStore store(Row row, long now) {
        return Json.read(row.getString("document"), VectorStore.class)
                .with(counts(row), row.getLong("usage_bytes"), row.getLong("last_active_at"), now);
    }

    static VectorStoreFile file(Row row) {
        String error = row.getString("last_error");
        return Json.read(row.getString("document"), VectorStoreFile.class)
                .with(
                        IngestionStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        row.getLong("usage_bytes"),
                        error == null ? null : Json.read(error, VectorStoreFile.Failure.class));
    }

    static FileBatch batch(Row row) {
        return Json.read(row.getString("document"), FileBatch.class)
                .with(counts(row), row.getBoolean("stopped"));
    }

    /** The value of a status in its column, which is the same as in the API. */
    static String wire(IngestionStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static FileCounts counts(Row row) {
        return FileCounts.of(
                row.getInteger("in_progress"),
                row.getInteger("completed"),
                row.getInteger("failed"),
                row.getInteger("cancelled"));
    }
}
