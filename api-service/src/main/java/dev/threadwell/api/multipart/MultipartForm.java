package dev.threadwell.api.multipart;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form that was read completely.
 *
 * @param fields the fields that are not files, in their order
 * @param file the stored file; null if the form has none
 */
public record MultipartForm<T>(Map<String, String> fields, @Nullable Incoming<T> file) {

    /** A file of a form: the name that the client gave it, and the result of storing its bytes. */
    public record Incoming<T>(String filename, T kept) {}
}
