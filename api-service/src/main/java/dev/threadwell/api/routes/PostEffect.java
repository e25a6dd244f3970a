package dev.threadwell.api.routes;

import dev.threadwell.api.validation.ObjectKind;
import org.jspecify.annotations.Nullable;

/** What a POST does, as far as idempotency keys depend on it. */
public sealed interface PostEffect {

    /**
     * The POST creates an object.
     *
     * @param in the kind of a parent that is created with the object; null if there is none
     */
    record Creates(ObjectKind kind, @Nullable ObjectKind in) implements PostEffect {}

    /**
     * The POST changes an object.
     *
     * @param segments the number of path segments that name the object
     * @param action the rest of the path, for example {@code cancel}; empty for a modification
     */
    record Changes(ObjectKind kind, int segments, String action) implements PostEffect {

        /** The path of the object, taken from the path of a request. */
        public String object(String path) {
            int end = 0;
            for (int i = 0; i < segments && end >= 0; i++) {
                end = path.indexOf('/', end + 1);
            }
            return end < 0 ? path : path.substring(0, end);
        }
    }

    /** The POST can be carried out twice without harm. */
    record Harmless() implements PostEffect {}
}
