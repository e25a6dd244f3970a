package dev.threadwell.topic;

import java.util.Objects;

/** A file was added to a vector store and waits for its ingestion. */
public record FileAdded(String projectId, String vectorStoreId, String fileId) {

    /** Fails without these fields, so that the record is dead-lettered. */
    public FileAdded {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(vectorStoreId, "vectorStoreId");
        Objects.requireNonNull(fileId, "fileId");
    }
}
