package dev.threadwell.api.routes;

import dev.threadwell.api.validation.ObjectKind;
import org.jspecify.annotations.Nullable;

/** What a POST does, as far as a repetition of it has to know. */
public sealed interface PostEffect {

    /**
     * It makes an object.
     *
     * @param in the kind of an object that is made with it and that it lies in
     */
    record Creates(ObjectKind kind, @Nullable ObjectKind in) implements PostEffect {}

    /**
     * It changes an object.
     *
     * @param segments how many segments of the path name the object
     * @param action what follows them, for example {@code cancel}; empty for a modification
     */
    record Changes(ObjectKind kind, int segments, String action) implements PostEffect {

        /** The path of the object in the path of a request. */
        public String object(String path) {
            int end = 0;
            for (int i = 0; i < segments && end >= 0; i++) {
                end = path.indexOf('/', end + 1);
            }
            return end < 0 ? path : path.substring(0, end);
        }
    }

    /** It can be done twice without harm. */
    record Harmless() implements PostEffect {}
}
