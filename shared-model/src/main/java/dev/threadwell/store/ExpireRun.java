package dev.threadwell.store;

import dev.threadwell.run.RunEvent;

/** Ends a run that has outlived its {@code expires_at}. */
record ExpireRun() implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.DeadlinePassed(found.spent());
    }
}
