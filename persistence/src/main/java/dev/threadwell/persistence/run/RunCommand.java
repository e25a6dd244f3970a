package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who does not hold a run asks of it: one class for each thing that can be asked. The
 * store calls it under the lock of the run's thread, so it does no I/O.
 */
@FunctionalInterface
public interface RunCommand {

    /**
     * What the command means for the run as it was found; the lifecycle decides on it.
     *
     * @return null if the run is left as it is
     */
    @Nullable RunEvent event(RunRow found);

    /**
     * Changes what the store keeps beside the run's document.
     *
     * @param moved the row with what the lifecycle has decided
     */
    default RunRow row(RunRow moved) {
        return moved;
    }

    /** Changes the open steps of the run; those of a run that ends are ended by the store. */
    default List<StepWithUsage> steps(List<StepWithUsage> open, Instant now) {
        return open;
    }
}
