package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;

/** Asks a run to stop. */
public record CancelRun() implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.CancelRequested(found.waiting());
    }
}
