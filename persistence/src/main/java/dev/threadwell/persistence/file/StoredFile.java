package dev.threadwell.persistence.file;

import dev.threadwell.file.FileObject;
import java.util.List;

/**
 * A file with the ids of its blobs.
 *
 * @param blobs the blobs that are its contents, in order: one, or one for each part of an upload
 */
public record StoredFile(FileObject file, List<String> blobs) {}
