package dev.threadwell.simulator.direction;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A provider whose peculiarities are imitated, in what it sends and in what it demands. */
public enum Dialect {
    /** Calls without index and with an empty id; their signatures have to come back. */
    GEMINI("extra_content"),
    /** Reasoning in front of calls, which has to come back with them. */
    DEEPSEEK("reasoning_content"),
    /** Content as typed parts, ids of nine letters or digits, no {@code max_completion_tokens}. */
    MISTRAL(null),
    /** Ids that repeat in one answer, names behind the ids, reasoning that has to come back. */
    KIMI("reasoning_content"),
    /** Arguments as objects. */
    LLAMA_CPP(null),
    /** Comments, and reasoning with a signature that has to come back. */
    OPENROUTER("reasoning_details"),
    /** A whole completion in place of a stream. */
    WHOLE(null);

    private final @Nullable String wantedBack;

    Dialect(@Nullable String wantedBack) {
        this.wantedBack = wantedBack;
    }

    /** The field that has to come back with calls, or null. */
    public @Nullable String wantedBack() {
        return wantedBack;
    }

    static Dialect named(String name, String path) {
        for (Dialect dialect : values()) {
            if (dialect.word().equals(name)) {
                return dialect;
            }
        }
        throw Fields.refused(
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
