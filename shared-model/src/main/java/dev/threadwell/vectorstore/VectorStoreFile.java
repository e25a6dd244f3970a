package dev.threadwell.vectorstore;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file in a vector store; its id is that of the file. */
public record VectorStoreFile(
        String id,
        String object,
        long usageBytes,
        long createdAt,
        String vectorStoreId,
        IngestionStatus status,
        @Nullable Failure lastError,
        ChunkingStrategy chunkingStrategy,
        Map<String, Object> attributes) {

    /** The value of {@code object}. */
    public static final String OBJECT = "vector_store.file";

    /**
     * The reason why the ingestion of a file failed.
     *
     * @param code {@code server_error}, {@code unsupported_file} or {@code invalid_file}
     */
    public record Failure(String code, String message) {}

    /** A file whose ingestion is in progress. */
    public static VectorStoreFile added(
            String fileId,
            String vectorStoreId,
            long now,
            ChunkingStrategy strategy,
            Map<String, Object> attributes) {
        return new VectorStoreFile(
                fileId,
                OBJECT,
                0,
                now,
                vectorStoreId,
                IngestionStatus.IN_PROGRESS,
                null,
                strategy,
                attributes);
    }

    /** This file with its current ingestion status. */
    public VectorStoreFile with(IngestionStatus now, long bytes, @Nullable Failure failure) {
        return new VectorStoreFile(
                id,
                object,
                bytes,
                createdAt,
                vectorStoreId,
                now,
                failure,
                chunkingStrategy,
                attributes);
    }

    /** This file with other attributes. */
    public VectorStoreFile described(Map<String, Object> changed) {
        return new VectorStoreFile(
                id,
                object,
                usageBytes,
                createdAt,
                vectorStoreId,
                status,
                lastError,
                chunkingStrategy,
                changed);
    }
}
