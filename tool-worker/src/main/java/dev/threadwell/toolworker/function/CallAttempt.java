package dev.threadwell.toolworker.function;

import dev.threadwell.platform.egress.EgressAnswer;
import dev.threadwell.platform.egress.EgressException;
import dev.threadwell.run.ToolOutput;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The result of one request to a function's endpoint. */
sealed interface CallAttempt {

    /** A final result, even if the endpoint rejects the call. */
    record Answered(ToolOutput.Text output) implements CallAttempt {}

    /**
     * A failure that may succeed on a retry.
     *
     * @param output the output for the model if there is no retry
     * @param mayBeDone whether the function may have been executed
     * @param pause the endpoint's {@code retry-after}, if it sent one
     */
    record Failed(ToolOutput.Text output, boolean mayBeDone, @Nullable Duration pause)
            implements CallAttempt {}

    /** The maximum number of characters of an error's body in the output for the model. */
    int ERROR_CHARACTERS = 2_000;

    /** Client errors that are temporary: request timeout, too early, too many requests. */
    Set<Integer> PASSING = Set.of(408, 425, 429);

    /** The result of a response. */
    static CallAttempt of(EgressAnswer answer) {
        if (answer.succeeded()) {
            return new Answered(new ToolOutput.Text(answer.text()));
        }
        String said = answer.text();
        ToolOutput.Text output =
                new ToolOutput.Text(
                        "The function answered with status %d: %s"
                                .formatted(
                                        answer.status(),
                                        said.length() > ERROR_CHARACTERS
                                                ? said.substring(0, ERROR_CHARACTERS)
                                                : said));
        return answer.status() >= 500 || PASSING.contains(answer.status())
                ? new Failed(output, answer.status() >= 500, pause(answer))
                : new Answered(output);
    }

    /** The result of a failed request. */
    static CallAttempt of(EgressException failure) {
        String why = failure.why();
        return switch (failure.reason()) {
            case REFUSED ->
                    new Answered(
                            new ToolOutput.Text("The function's URL may not be called: " + why));
            case TOO_LARGE ->
                    new Answered(new ToolOutput.Text("The function answered, but " + why));
            case TIMED_OUT ->
                    new Failed(
                            new ToolOutput.Text("The function did not answer in time."),
                            true,
                            null);
            case UNREACHABLE, BROKEN ->
                    new Failed(
                            new ToolOutput.Text("The function could not be called: " + why),
                            failure.reason() == EgressException.Reason.BROKEN,
                            null);
        };
    }

    private static @Nullable Duration pause(EgressAnswer answer) {
        String seconds = answer.header("retry-after");
        return seconds != null && seconds.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : null;
    }
}
