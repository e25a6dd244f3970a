package dev.threadwell.simulator.direction;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose deviations from OpenAI are imitated, both in responses and in the validation of
 * requests.
 */
public enum Dialect {
    /** Calls without an index and with an empty id; their signatures must be sent back. */
    GEMINI("extra_content"),
    /** Reasoning before calls, which must be sent back with them. */
    DEEPSEEK("reasoning_content"),
    /** Content as typed parts, ids of nine letters or digits, no {@code max_completion_tokens}. */
    MISTRAL(null),
    /**
     * Ids that repeat within an answer, names sent after the ids, reasoning that must be sent back.
     */
    KIMI("reasoning_content"),
    /** Arguments as JSON objects instead of strings. */
    LLAMA_CPP(null),
    /** SSE comments, and reasoning with a signature that must be sent back. */
    OPENROUTER("reasoning_details"),
    /** A whole completion in place of a stream. */
    WHOLE(null);

    private final @Nullable String wantedBack;

    Dialect(@Nullable String wantedBack) {
        this.wantedBack = wantedBack;
    }

    /** The field that a client must send back with calls, or null. */
    public @Nullable String wantedBack() {
        return wantedBack;
    }

    static Dialect named(String name, String path) {
        for (Dialect dialect : values()) {
            if (dialect.word().equals(name)) {
                return dialect;
            }
        }
        throw DirectionFields.refused(
                "'"
                        + path
                        + "' must be one of "
                        + String.join(", ", List.of(values()).stream().map(Dialect::word).toList())
                        + ".");
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
