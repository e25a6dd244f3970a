package dev.threadwell.run;

/**
 * The error of a failed run or step; {@code code} is server_error, rate_limit_exceeded or
 * invalid_prompt.
 */
public record RunError(String code, String message) {

    /** The error of a run with whose execution too many workers have died. */
    public static RunError brokenWorkers() {
        return new RunError(
                "server_error",
                "The run was ended because %d workers stopped working while they processed it."
                        .formatted(RunLifecycle.MOST_DEATHS));
    }

    /**
     * The error for an internal failure or a failure of the model's provider, not caused by the
     * client.
     */
    public static RunError server() {
        return new RunError("server_error", "Sorry, something went wrong.");
    }
}
