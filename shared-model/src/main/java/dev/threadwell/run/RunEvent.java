package dev.threadwell.run;

import java.util.List;
import java.util.Map;

/** The events of a run's lifecycle after its creation. */
public sealed interface RunEvent {

    /** A worker has claimed the run. */
    record Started() implements RunEvent {}

    /** The model has called functions of the client. */
    record FunctionsCalled(List<RequiredAction.Call> calls) implements RunEvent {}

    /** The client has submitted outputs for these calls. */
    record OutputsSubmitted(List<String> callIds) implements RunEvent {}

    /** The model's answer is complete. */
    record Completed(Usage spent) implements RunEvent {}

    /** A token limit has cut the answer. */
    record CutShort(String reason, Usage spent) implements RunEvent {}

    /** The run has failed, because of the model, its provider or an internal failure. */
    record Failed(RunError error, Usage spent) implements RunEvent {}

    /**
     * The client has requested a cancellation.
     *
     * @param waiting whether the run still waits for the runs before it on its thread, so that no
     *     worker has started it
     */
    record CancelRequested(boolean waiting) implements RunEvent {}

    /** The work on the cancelled run has stopped. */
    record Stopped(Usage spent) implements RunEvent {}

    /** The run may have passed its {@code expires_at}. */
    record DeadlinePassed(Usage spent) implements RunEvent {}

    /**
     * The worker that executed the run is dead.
     *
     * @param deaths how many workers have died while they executed the run
     */
    record Orphaned(int deaths, Usage spent) implements RunEvent {}

    /** The thread of the run, and with it the run, is deleted. */
    record ThreadDeleted(Usage spent) implements RunEvent {}

    /** The client has changed the run's metadata. */
    record MetadataChanged(Map<String, String> metadata) implements RunEvent {}
}
