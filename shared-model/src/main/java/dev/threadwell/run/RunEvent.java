package dev.threadwell.run;

import java.util.List;
import java.util.Map;

/** Everything that can happen to a run after its creation. */
public sealed interface RunEvent {

    /** A worker took the run. */
    record Started() implements RunEvent {}

    /** The model called functions of the client. */
    record FunctionsCalled(List<RequiredAction.Call> calls) implements RunEvent {}

    /** The client submitted outputs for these calls. */
    record OutputsSubmitted(List<String> callIds) implements RunEvent {}

    /** The model answered to its end. */
    record Completed(Usage spent) implements RunEvent {}

    /** A limit on tokens cut the answer. */
    record CutShort(String reason, Usage spent) implements RunEvent {}

    /** The model, or something on the way to it, failed. */
    record Failed(RunError error, Usage spent) implements RunEvent {}

    /**
     * The client wants the run to stop.
     *
     * @param waiting whether the run still waits for its thread, so that nobody has begun with it
     */
    record CancelRequested(boolean waiting) implements RunEvent {}

    /** Nobody works on the cancelled run any more. */
    record Stopped(Usage spent) implements RunEvent {}

    /** Time went by; the run may have outlived its {@code expires_at}. */
    record DeadlinePassed(Usage spent) implements RunEvent {}

    /**
     * The worker that held the run is gone.
     *
     * @param deaths how many workers have died while they held it
     */
    record Orphaned(int deaths, Usage spent) implements RunEvent {}

    /** The thread of the run is deleted, and the run with it. */
    record ThreadDeleted(Usage spent) implements RunEvent {}

    /** The client gave the run other metadata. */
    record MetadataChanged(Map<String, String> metadata) implements RunEvent {}
}
