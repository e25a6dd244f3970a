package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;

/** Expires a run whose {@code expires_at} has passed. */
public record ExpireRun() implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.DeadlinePassed(found.spent());
    }
}
