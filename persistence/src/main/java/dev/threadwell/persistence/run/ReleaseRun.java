package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a run from a worker that is gone, so that another can claim it.
 *
 * @param gone the workers that do not work any more; a run that another holds is left alone
 * @param deaths how many workers have died while they held the run
 */
record ReleaseRun(Set<String> gone, int deaths) implements RunCommand {

    @Override
    public @Nullable RunEvent event(RunRow found) {
        return found.worker() != null && gone.contains(found.worker())
                ? new RunEvent.Orphaned(deaths, found.spent())
                : null;
    }

    @Override
    public RunRow row(RunRow moved) {
        return moved.released();
    }
}
