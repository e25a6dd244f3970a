package dev.threadwell.runworker.turn;

import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that the next sampling may use. The limits of a run apply to all of its samplings
 * together, so earlier usage counts; the context window applies to each sampling alone.
 *
 * @param window the context window: input and output tokens together
 * @param promptLeft the rest of {@code max_prompt_tokens}; null without that limit
 * @param completionLeft the rest of {@code max_completion_tokens}; null without that limit
 */
public record TokenBudget(int window, @Nullable Long promptLeft, @Nullable Long completionLeft) {

    static final String PROMPT = "max_prompt_tokens";
    static final String COMPLETION = "max_completion_tokens";

    /** Tokens that are reserved for an answer without a limit, unless the window is small. */
    private static final long ANSWER = 4_096;

    /** The budget of a run with this usage so far. */
    public static TokenBudget of(Run run, Usage spent, int window) {
        return new TokenBudget(
                window,
                left(run.maxPromptTokens(), spent.promptTokens()),
                left(run.maxCompletionTokens(), spent.completionTokens()));
    }

    private static @Nullable Long left(@Nullable Integer limit, long spent) {
        return limit == null ? null : Long.valueOf(limit - spent);
    }

    /** The limit that is used up; null if the model can be called. */
    @Nullable String spentLimit() {
        if (completionLeft != null && completionLeft <= 0) {
            return COMPLETION;
        }
        return promptLeft != null && promptLeft <= 0 ? PROMPT : null;
    }

    /** The maximum size of the prompt, in tokens. */
    public long prompt() {
        long answer =
                completionLeft == null
                        ? Math.min(ANSWER, window / 4)
                        : Math.min(completionLeft, window / 2);
        long room = window - answer;
        return promptLeft == null ? room : Math.min(room, promptLeft);
    }

    /**
     * Whether the run's own limit, and not the context window, determines the size of the prompt.
     */
    boolean limitsPrompt() {
        return promptLeft != null && promptLeft == prompt();
    }
}
