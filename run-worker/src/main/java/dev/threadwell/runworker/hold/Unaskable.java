package dev.threadwell.runworker.hold;

import dev.threadwell.run.RunError;

/** A model cannot be asked, because what it would be asked with cannot be had. */
final class Unaskable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RunError error;

    Unaskable(RunError error) {
        super(error.message());
        this.error = error;
    }

    /** What the run ends with. */
    RunError error() {
        return error;
    }
}
