package dev.threadwell.api.multipart;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form that was read to its end.
 *
 * @param fields the fields that are no files, in their order
 * @param file what became of the file, if there was one
 */
public record MultipartForm<T>(Map<String, String> fields, @Nullable Incoming<T> file) {

    /** A file of a form: the name that the client gave it, and what was made of its bytes. */
    public record Incoming<T>(String filename, T kept) {}
}
