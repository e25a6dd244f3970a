package dev.threadwell.runworker.prompt;

import dev.threadwell.run.RunError;

/** The prompt cannot be assembled, because a part of it cannot be obtained. */
final class PromptUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RunError error;

    PromptUnavailable(RunError error) {
        super(error.message());
        this.error = error;
    }

    /** The error that the run ends with. */
    RunError error() {
        return error;
    }
}
