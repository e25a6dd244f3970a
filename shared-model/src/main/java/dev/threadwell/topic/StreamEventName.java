package dev.threadwell.topic;

import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepStatus;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageStatus;
import dev.threadwell.thread.ThreadObject;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of the server-sent events of a run, each with the object that it ends. A stream of a
 * later version may have other names, which are passed on unchanged.
 */
public enum StreamEventName {
    THREAD_CREATED(ThreadObject.OBJECT + ".created", Ends.NOTHING),
    RUN_CREATED(Run.OBJECT + ".created", Ends.NOTHING),
    RUN_QUEUED(Run.OBJECT + ".queued", Ends.NOTHING),
    RUN_IN_PROGRESS(Run.OBJECT + ".in_progress", Ends.NOTHING),
    RUN_REQUIRES_ACTION(Run.OBJECT + ".requires_action", Ends.STREAM),
    RUN_CANCELLING(Run.OBJECT + ".cancelling", Ends.NOTHING),
    RUN_CANCELLED(Run.OBJECT + ".cancelled", Ends.STREAM),
    RUN_FAILED(Run.OBJECT + ".failed", Ends.STREAM),
    RUN_COMPLETED(Run.OBJECT + ".completed", Ends.STREAM),
    RUN_INCOMPLETE(Run.OBJECT + ".incomplete", Ends.STREAM),
    RUN_EXPIRED(Run.OBJECT + ".expired", Ends.STREAM),
    STEP_CREATED(RunStep.OBJECT + ".created", Ends.NOTHING),
    STEP_IN_PROGRESS(RunStep.OBJECT + ".in_progress", Ends.NOTHING),
    STEP_DELTA(RunStep.DELTA_OBJECT, Ends.NOTHING),
    STEP_COMPLETED(RunStep.OBJECT + ".completed", Ends.STEP),
    STEP_FAILED(RunStep.OBJECT + ".failed", Ends.STEP),
    STEP_CANCELLED(RunStep.OBJECT + ".cancelled", Ends.STEP),
    STEP_EXPIRED(RunStep.OBJECT + ".expired", Ends.STEP),
    MESSAGE_CREATED(Message.OBJECT + ".created", Ends.NOTHING),
    MESSAGE_IN_PROGRESS(Message.OBJECT + ".in_progress", Ends.NOTHING),
    MESSAGE_DELTA(Message.DELTA_OBJECT, Ends.NOTHING),
    MESSAGE_COMPLETED(Message.OBJECT + ".completed", Ends.MESSAGE),
    MESSAGE_INCOMPLETE(Message.OBJECT + ".incomplete", Ends.MESSAGE),
    ERROR("error", Ends.STREAM),
    /** The last event of every SSE stream; it is never written to {@code run.stream}. */
    DONE("done", Ends.NOTHING);

    /** The object that ends with an event. */
    private enum Ends {
        NOTHING,
        MESSAGE,
        STEP,
        STREAM
    }

    private static final Map<String, StreamEventName> BY_WIRE =
            Arrays.stream(values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    StreamEventName::wire, Function.identity()));

    private final String wire;
    private final Ends ends;

    StreamEventName(String wire, Ends ends) {
        this.wire = wire;
        this.ends = ends;
    }

    /** The name in SSE streams and Kafka records. */
    public String wire() {
        return wire;
    }

    /** The event with this name; null if this version does not know it. */
    public static @Nullable StreamEventName find(String wire) {
        return BY_WIRE.get(wire);
    }

    /** The event for a run with this status. */
    public static StreamEventName of(RunStatus status) {
        return switch (status) {
            case QUEUED -> RUN_QUEUED;
            case IN_PROGRESS -> RUN_IN_PROGRESS;
            case REQUIRES_ACTION -> RUN_REQUIRES_ACTION;
            case CANCELLING -> RUN_CANCELLING;
            case CANCELLED -> RUN_CANCELLED;
            case FAILED -> RUN_FAILED;
            case COMPLETED -> RUN_COMPLETED;
            case INCOMPLETE -> RUN_INCOMPLETE;
            case EXPIRED -> RUN_EXPIRED;
        };
    }

    /** The event for a step with this status. */
    public static StreamEventName of(StepStatus status) {
        return switch (status) {
            case IN_PROGRESS -> STEP_IN_PROGRESS;
            case CANCELLED -> STEP_CANCELLED;
            case FAILED -> STEP_FAILED;
            case COMPLETED -> STEP_COMPLETED;
            case EXPIRED -> STEP_EXPIRED;
        };
    }

    /** The event for a message with this status. */
    public static StreamEventName of(MessageStatus status) {
        return switch (status) {
            case IN_PROGRESS -> MESSAGE_IN_PROGRESS;
            case COMPLETED -> MESSAGE_COMPLETED;
            case INCOMPLETE -> MESSAGE_INCOMPLETE;
        };
    }

    /** Whether a stream ends with this event: the run has ended or waits for its client. */
    public boolean endsStream() {
        return ends == Ends.STREAM;
    }

    /** Whether a stream ends with an event of this name. */
    public static boolean endsStream(String wire) {
        StreamEventName known = find(wire);
        return known != null && known.endsStream();
    }

    /** Whether a step ends with this event. */
    public boolean endsStep() {
        return ends == Ends.STEP;
    }

    /** Whether a message ends with this event. */
    public boolean endsMessage() {
        return ends == Ends.MESSAGE;
    }

    /** Whether the event's data is the run itself. */
    public boolean showsRun() {
        return switch (this) {
            case RUN_CREATED,
                    RUN_QUEUED,
                    RUN_IN_PROGRESS,
                    RUN_REQUIRES_ACTION,
                    RUN_CANCELLING,
                    RUN_CANCELLED,
                    RUN_FAILED,
                    RUN_COMPLETED,
                    RUN_INCOMPLETE,
                    RUN_EXPIRED ->
                    true;
            case THREAD_CREATED,
                    STEP_CREATED,
                    STEP_IN_PROGRESS,
                    STEP_DELTA,
                    STEP_COMPLETED,
                    STEP_FAILED,
                    STEP_CANCELLED,
                    STEP_EXPIRED,
                    MESSAGE_CREATED,
                    MESSAGE_IN_PROGRESS,
                    MESSAGE_DELTA,
                    MESSAGE_COMPLETED,
                    MESSAGE_INCOMPLETE,
                    ERROR,
                    DONE ->
                    false;
        };
    }
}
