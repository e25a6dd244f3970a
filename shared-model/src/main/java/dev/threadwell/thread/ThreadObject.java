package dev.threadwell.thread;

import java.util.Map;

/** A thread; named after its JSON object because {@code Thread} is a JDK class. */
public record ThreadObject(
        String id,
        String object,
        long createdAt,
        Map<String, String> metadata,
        Map<String, Object> toolResources) {

    /** The value of {@code object}. */
    public static final String OBJECT = "thread";

    /** This thread with other files and vector stores for its tools. */
    public ThreadObject withToolResources(Map<String, Object> changed) {
        return new ThreadObject(id, object, createdAt, metadata, changed);
    }
}
