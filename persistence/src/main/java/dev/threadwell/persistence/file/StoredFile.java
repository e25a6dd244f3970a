package dev.threadwell.persistence.file;

import dev.threadwell.file.FileObject;
import java.util.List;

/**
 * A file and where its bytes are.
 *
 * @param blobs the ids of its bytes in the blob store, in their order; one, or one a part
 */
public record StoredFile(FileObject file, List<String> blobs) {}
