package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;

/** Ends a run that has outlived its {@code expires_at}. */
public record ExpireRun() implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.DeadlinePassed(found.spent());
    }
}
