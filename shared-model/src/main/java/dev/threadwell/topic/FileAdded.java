package dev.threadwell.topic;

import java.util.Objects;

/** A file waits in a vector store to be read. */
public record FileAdded(String projectId, String vectorStoreId, String fileId) {

    /** A record without these cannot be read. */
    public FileAdded {
        Objects.requireNonNull(projectId, "projectId");
        Objects.requireNonNull(vectorStoreId, "vectorStoreId");
        Objects.requireNonNull(fileId, "fileId");
    }
}
