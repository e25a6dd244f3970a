package dev.threadwell.run;

/**
 * Why a run or a step failed; {@code code} is server_error, rate_limit_exceeded or invalid_prompt.
 */
public record RunError(String code, String message) {

    /** The run has broken the workers that worked on it. */
    public static RunError brokenWorkers() {
        return new RunError(
                "server_error",
                "The run was ended because %d workers stopped working while they processed it."
                        .formatted(RunLifecycle.MOST_DEATHS));
    }

    /** A failure whose cause is ours or the model's and nobody's fault among the clients. */
    public static RunError server() {
        return new RunError("server_error", "Sorry, something went wrong.");
    }
}
