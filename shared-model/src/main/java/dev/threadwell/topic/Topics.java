package dev.threadwell.topic;

import java.util.List;

/** The names of the topics. */
public final class Topics {

    /** A run waits for a worker: {@link RunRequested}. */
    public static final String RUN_REQUESTED = "run.requested";

    /** Whoever works on a run is to stop: {@link RunCancelled}. */
    public static final String RUN_CANCELLED = "run.cancelled";

    /** A run has changed, as a CloudEvent with the run's own JSON: public. */
    public static final String RUN_ANNOUNCED = "run.announced";

    /** The events of streamed runs: {@link StreamEvent}. */
    public static final String RUN_STREAM = "run.stream";

    /** The model called a built-in tool: {@link ToolRequested}. */
    public static final String TOOL_REQUESTED = "tool.requested";

    /** A tool worker has answered: {@link ToolAnswered}. */
    public static final String TOOL_ANSWERED = "tool.answered";

    /** A file waits in a vector store to be read: {@link FileAdded}; keyed by the store's id. */
    public static final String FILE_ADDED = "file.added";

    /** Another service has answered the call of a function: {@link FunctionAnswered}. */
    public static final String FUNCTION_ANSWERED = "function.answered";

    private static final String FUNCTION_CALLED = "function.called.";

    /**
     * How large a run may be as JSON, when it is created: instructions and additional instructions
     * of the greatest length, in whatever script, and some megabytes of tools.
     */
    public static final int MAX_RUN_BYTES = 8 << 20;

    /** How large a record may be: a run, and what its model calls. */
    public static final int MAX_RECORD_BYTES = 2 * MAX_RUN_BYTES;

    private static final String DEAD = ".dead";

    private Topics() {}

    /** Where records go that no handler can read. */
    public static String dead(String topic) {
        return topic + DEAD;
    }

    /** Where calls of functions go that are bound to the topic of this name: public. */
    public static String functionCalled(String name) {
        return FUNCTION_CALLED + name;
    }

    /** The topics with facts that must not be lost. */
    public static List<String> facts() {
        return List.of(
                RUN_REQUESTED,
                RUN_CANCELLED,
                RUN_ANNOUNCED,
                TOOL_REQUESTED,
                TOOL_ANSWERED,
                FUNCTION_ANSWERED,
                FILE_ADDED);
    }

    /** The topics that workers take their work from, each with a topic for its dead letters. */
    public static List<String> consumed() {
        return List.of(
                RUN_REQUESTED,
                RUN_CANCELLED,
                TOOL_REQUESTED,
                TOOL_ANSWERED,
                FUNCTION_ANSWERED,
                FILE_ADDED);
    }
}
