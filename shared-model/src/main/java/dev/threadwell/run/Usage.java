package dev.threadwell.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token usage. As in the API, {@code prompt_token_details} is singular, unlike in chat completions.
 *
 * @param images the pictures that tools have made; null if none, so that other runs look as they
 *     always did
 */
public record Usage(
        long promptTokens,
        long completionTokens,
        long totalTokens,
        Map<String, Long> promptTokenDetails,
        Map<String, Long> completionTokensDetails,
        @Nullable Long images) {

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
                Map.of(REASONING, reasoning),
                null);
    }

    /** No tokens, and so many pictures. */
    public static Usage ofImages(long images) {
        return NONE.withImages(images);
    }

    private Usage withImages(long count) {
        return new Usage(
                promptTokens,
                completionTokens,
                totalTokens,
                promptTokenDetails,
                completionTokensDetails,
                count == 0 ? null : Long.valueOf(count));
    }

    /** The tokens of the prompt that the provider had cached. */
    public long cachedTokens() {
        return promptTokenDetails.getOrDefault(CACHED, 0L);
    }

    /** The tokens of the completion that were spent on reasoning. */
    public long reasoningTokens() {
        return completionTokensDetails.getOrDefault(REASONING, 0L);
    }

    /** The sum of both. */
    public Usage plus(Usage more) {
        return tokensPlus(more).withImages(count(images) + count(more.images));
    }

    private static long count(@Nullable Long images) {
        return images == null ? 0 : images;
    }

    private Usage tokensPlus(Usage more) {
        return of(
                promptTokens + more.promptTokens,
                completionTokens + more.completionTokens,
                cachedTokens() + more.cachedTokens(),
                reasoningTokens() + more.reasoningTokens());
    }
}
