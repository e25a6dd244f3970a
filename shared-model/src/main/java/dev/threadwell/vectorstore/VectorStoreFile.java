package dev.threadwell.vectorstore;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file in a vector store, under the file's own id. */
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
     * Why a file could not be read.
     *
     * @param code {@code server_error}, {@code unsupported_file} or {@code invalid_file}
     */
    public record Failure(String code, String message) {}

    /** A file that is about to be read. */
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

    /** This file as far as it has been read. */
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
