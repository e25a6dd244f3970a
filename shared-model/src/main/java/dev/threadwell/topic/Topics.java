package dev.threadwell.topic;

import java.util.List;

/** The names of the Kafka topics. */
public final class Topics {

    /** A run is ready to be claimed: {@link RunRequested}. */
    public static final String RUN_REQUESTED = "run.requested";

    /** Workers have to stop the work on a run: {@link RunCancelled}. */
    public static final String RUN_CANCELLED = "run.cancelled";

    /** A run has changed: a CloudEvent with the run's public JSON; a public topic. */
    public static final String RUN_ANNOUNCED = "run.announced";

    /** The events of streamed runs: {@link StreamEvent}. */
    public static final String RUN_STREAM = "run.stream";

    /** The model has called a tool that the system executes: {@link ToolRequested}. */
    public static final String TOOL_REQUESTED = "tool.requested";

    /** A tool call has been answered: {@link ToolAnswered}. */
    public static final String TOOL_ANSWERED = "tool.answered";

    /** A file was added to a vector store: {@link FileAdded}; keyed by the vector store's id. */
    public static final String FILE_ADDED = "file.added";

    /** Another service has answered a function call: {@link FunctionAnswered}. */
    public static final String FUNCTION_ANSWERED = "function.answered";

    /** Keys or a project have changed: {@link AccessChanged}; every API node reads it. */
    public static final String ACCESS_CHANGED = "access.changed";

    private static final String FUNCTION_CALLED = "function.called.";

    /**
     * The maximum size of a new run as JSON: enough for instructions and additional instructions of
     * the maximum length in any script, and some megabytes of tools.
     */
    public static final int MAX_RUN_BYTES = 8 << 20;

    /** The maximum size of a record: a run, and the calls of its model. */
    public static final int MAX_RECORD_BYTES = 2 * MAX_RUN_BYTES;

    private static final String DEAD = ".dead";

    private Topics() {}

    /** The dead-letter topic for this topic. */
    public static String dead(String topic) {
        return topic + DEAD;
    }

    /** The public topic for calls of functions that are bound to the topic of this name. */
    public static String functionCalled(String name) {
        return FUNCTION_CALLED + name;
    }

    /** The topics of outbox messages, which must not be lost. */
    public static List<String> ofOutbox() {
        return List.of(
                RUN_REQUESTED,
                RUN_CANCELLED,
                RUN_ANNOUNCED,
                TOOL_REQUESTED,
                TOOL_ANSWERED,
                FUNCTION_ANSWERED,
                FILE_ADDED,
                ACCESS_CHANGED);
    }

    /** The topics that workers consume, each of which has a dead-letter topic. */
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
