package dev.threadwell.runworker.turn;

import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that the next sampling may take. A run's limits are for all of its samplings together,
 * so what was spent before counts; the context window is free again for each.
 *
 * @param window tokens that the model takes in and puts out together
 * @param promptLeft what is left of {@code max_prompt_tokens}; null without that limit
 * @param completionLeft what is left of {@code max_completion_tokens}; null without that limit
 */
public record TokenBudget(int window, @Nullable Long promptLeft, @Nullable Long completionLeft) {

    static final String PROMPT = "max_prompt_tokens";
    static final String COMPLETION = "max_completion_tokens";

    /** Room for an answer whose length nobody limits, unless the window is small. */
    private static final long ANSWER = 4_096;

    /** The budget of a run that has spent this already. */
    public static TokenBudget of(Run run, Usage spent, int window) {
        return new TokenBudget(
                window,
                left(run.maxPromptTokens(), spent.promptTokens()),
                left(run.maxCompletionTokens(), spent.completionTokens()));
    }

    private static @Nullable Long left(@Nullable Integer limit, long spent) {
        return limit == null ? null : Long.valueOf(limit - spent);
    }

    /** Which limit is spent already; null if the model can be asked. */
    @Nullable String spentLimit() {
        if (completionLeft != null && completionLeft <= 0) {
            return COMPLETION;
        }
        return promptLeft != null && promptLeft <= 0 ? PROMPT : null;
    }

    /** How long the prompt may be. */
    public long prompt() {
        long answer =
                completionLeft == null
                        ? Math.min(ANSWER, window / 4)
                        : Math.min(completionLeft, window / 2);
        long room = window - answer;
        return promptLeft == null ? room : Math.min(room, promptLeft);
    }

    /** Whether it is the run's own limit, and not the model, that keeps the prompt short. */
    boolean limitsPrompt() {
        return promptLeft != null && promptLeft == prompt();
    }
}
