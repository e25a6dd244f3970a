package dev.threadwell.api.v1;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.persistence.file.V1File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of an object's v1 files that depends on the answer to the request. */
sealed interface PendingFileChange {

    /** The key under which the request carries the change. */
    String KEY = "threadwell.v1.afterwards";

    /**
     * The files of these new objects are stored already and are deleted if the request is refused.
     */
    record Undo(List<String> ids) implements PendingFileChange {}

    /** The object gets these files, unless its modification fails. */
    record Give(String id, List<V1File> files) implements PendingFileChange {}

    /** Attaches the change to the request. */
    default void keep(ApiRequest request) {
        request.http().put(KEY, this);
    }

    /** Detaches the pending change from the request; null if there is none. */
    static @Nullable PendingFileChange take(ApiRequest request) {
        return request.http().remove(KEY);
    }
}
