package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command for a run from outside of its execution; each kind of command is a class. The store
 * calls it under the lock of the run's thread, so it must not do I/O.
 */
@FunctionalInterface
public interface RunCommand {

    /**
     * The event for the lifecycle, given the current state of the run.
     *
     * @return null if the run is left unchanged
     */
    @Nullable RunEvent event(RunRow found);

    /**
     * Changes columns that are not part of the run's document.
     *
     * @param moved the row after the lifecycle's decision
     */
    default RunRow row(RunRow moved) {
        return moved;
    }

    /**
     * The context of the request that gives the command, if that is traced: a turn that begins
     * because of it is linked with it.
     */
    default @Nullable String traceparent() {
        return null;
    }

    /** Changes the open steps of the run. The store itself ends the steps of a run that ends. */
    default List<StepWithUsage> steps(List<StepWithUsage> open, Instant now) {
        return open;
    }
}
