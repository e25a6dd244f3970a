package dev.threadwell.api.v1;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.persistence.file.V1File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of an object's v1 files that waits until the answer to the request is known. */
sealed interface PendingFileChange {

    /** The key under which a call keeps it. */
    String KEY = "threadwell.v1.afterwards";

    /** These objects have their files; should they be refused, nobody is to have them. */
    record Undo(List<String> ids) implements PendingFileChange {}

    /** This object gets these files, unless its modification is refused. */
    record Give(String id, List<V1File> files) implements PendingFileChange {}

    /** Keeps it with the call. */
    default void keep(ApiRequest call) {
        call.http().put(KEY, this);
    }

    /** What is left to do for a call; null if there is nothing. */
    static @Nullable PendingFileChange take(ApiRequest call) {
        return call.http().remove(KEY);
    }
}
