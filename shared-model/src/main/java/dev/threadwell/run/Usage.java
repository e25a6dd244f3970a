package dev.threadwell.run;

import java.util.Map;

/**
 * Token usage. As in the API, {@code prompt_token_details} is singular, unlike in chat completions.
 */
public record Usage(
        long promptTokens,
        long completionTokens,
        long totalTokens,
        Map<String, Long> promptTokenDetails,
        Map<String, Long> completionTokensDetails) {

    private static final String CACHED = "cached_tokens";
    private static final String REASONING = "reasoning_tokens";

    /** No tokens. */
    public static final Usage NONE = of(0, 0, 0, 0);

    /** Usage from its four counts; the total is their sum. */
    public static Usage of(long prompt, long completion, long cached, long reasoning) {
        return new Usage(
                prompt,
                completion,
                prompt + completion,
                Map.of(CACHED, cached),
                Map.of(REASONING, reasoning));
    }

    /** The tokens of the prompt that the provider had in a cache. */
    public long cachedTokens() {
        return promptTokenDetails.getOrDefault(CACHED, 0L);
    }

    /** The tokens of the completion that nobody sees. */
    public long reasoningTokens() {
        return completionTokensDetails.getOrDefault(REASONING, 0L);
    }

    /** The sum of both. */
    public Usage plus(Usage more) {
        return of(
                promptTokens + more.promptTokens,
                completionTokens + more.completionTokens,
                cachedTokens() + more.cachedTokens(),
                reasoningTokens() + more.reasoningTokens());
    }
}
