package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Releases the run of a dead worker, so that another worker can claim it.
 *
 * @param gone the dead workers; a run of any other worker is left unchanged
 * @param deaths the number of workers that died while they executed the run
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
