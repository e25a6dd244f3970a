package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;

/** Requests the cancellation of a run. */
public record CancelRun() implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.CancelRequested(found.waiting());
    }
}
