package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;
import org.jspecify.annotations.Nullable;

/** Ends a cancelled run, unless a worker executes it and so will end it. */
record StopUnclaimedRun() implements RunCommand {

    @Override
    public @Nullable RunEvent event(RunRow found) {
        return found.worker() == null ? new RunEvent.Stopped(found.spent()) : null;
    }

    /**
     * Uses a new epoch, because nobody has claimed the run for this change and its last event has
     * to count.
     */
    @Override
    public RunRow row(RunRow moved) {
        return moved.underNewEpoch();
    }
}
