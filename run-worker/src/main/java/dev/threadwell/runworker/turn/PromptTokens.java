package dev.threadwell.runworker.turn;

import dev.threadwell.token.Tokens;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.Map;

/**
 * Counts the tokens of a request. Slow (megabytes per second), so it is used only when the size in
 * bytes does not already show that everything fits. Every count stops soon after its limit, so the
 * time is bounded by the context window and not by the size of the conversation.
 */
final class PromptTokens {

    /** The number of tokens that a provider adds for each message. */
    private static final long MESSAGE = 4;

    private static final long SMALL_PICTURE = 85;
    private static final long PICTURE = 1_105;
    private static final String PICTURE_PART = "image_url";

    private final Tokens tokens;

    private PromptTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    static PromptTokens of(String model) {
        return new PromptTokens(Tokens.of(model));
    }

    /** Tokens of these messages; beyond the limit, any number greater than it. */
    long of(List<Map<String, Object>> messages, long limit) {
        long count = 0;
        for (Map<String, Object> message : messages) {
            count += MESSAGE + ofValues(message.values(), limit - count);
        }
        return count;
    }

    /** Tokens of a value that is sent as JSON; beyond the limit, any number greater than it. */
    long ofJson(Object value, long limit) {
        return tokens.count(Json.compact(value), limit);
    }

    private long ofValues(Iterable<?> values, long limit) {
        long count = 0;
        for (Object value : values) {
            if (count > limit) {
                return count;
            }
            count += ofValue(value, limit - count);
        }
        return count;
    }

    private long ofValue(Object value, long limit) {
        return switch (value) {
            case String text -> tokens.count(text, limit);
            case List<?> items -> ofValues(items, limit);
            case Map<?, ?> picture when picture.get(PICTURE_PART) instanceof Map<?, ?> source ->
                    "low".equals(source.get("detail")) ? SMALL_PICTURE : PICTURE;
            case Map<?, ?> fields -> ofValues(fields.values(), limit);
            default -> 0;
        };
    }
}
