package dev.threadwell.toolworker.progress;

import dev.threadwell.topic.ToolRequested;
import java.util.Map;

/** Port to the clients who stream a call's run: shows them what the call has so far. */
public interface CallProgress {

    /** The maximum size of what is shown at once, in bytes of JSON; what is larger is dropped. */
    int MAX_BYTES = 500 * 1024;

    /**
     * Shows members of the call in a delta of its step. Best effort: it may be lost, and a client
     * that resumes the stream does not see it. Every entry of a list needs an integer {@code
     * index}.
     *
     * @param number rises from 0 for each call
     */
    void show(ToolRequested call, int number, Map<String, ?> members);
}
