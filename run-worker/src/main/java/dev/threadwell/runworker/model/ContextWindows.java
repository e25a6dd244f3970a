package dev.threadwell.runworker.model;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Context windows of models, in tokens. The longest matching prefix of a name decides, so that
 * {@code gpt-4o-2024-08-06} counts as {@code gpt-4o}; configured values take precedence over
 * built-in ones.
 */
final class ContextWindows {

    private static final Map<String, Integer> KNOWN =
            Map.ofEntries(
                    Map.entry("gpt-3.5-turbo", 16_385),
                    Map.entry("gpt-4", 8_192),
                    Map.entry("gpt-4-32k", 32_768),
                    Map.entry("gpt-4-turbo", 128_000),
                    Map.entry("gpt-4-1106", 128_000),
                    Map.entry("gpt-4-0125", 128_000),
                    Map.entry("gpt-4o", 128_000),
                    Map.entry("gpt-4.1", 1_047_576),
                    Map.entry("gpt-4.5", 128_000),
                    Map.entry("gpt-5", 400_000),
                    Map.entry("gpt-oss", 131_072),
                    Map.entry("chatgpt-4o", 128_000),
                    Map.entry("o1", 200_000),
                    Map.entry("o1-mini", 128_000),
                    Map.entry("o3", 200_000),
                    Map.entry("o4", 200_000),
                    Map.entry("claude", 200_000),
                    Map.entry("gemini", 1_048_576),
                    Map.entry("deepseek", 128_000),
                    Map.entry("mistral", 32_768),
                    Map.entry("mistral-large", 128_000),
                    Map.entry("llama-3", 8_192),
                    Map.entry("llama-3.1", 131_072),
                    Map.entry("llama-3.2", 131_072),
                    Map.entry("llama-3.3", 131_072),
                    Map.entry("llama3", 8_192),
                    Map.entry("llama3.1", 131_072),
                    Map.entry("llama3.2", 131_072),
                    Map.entry("llama3.3", 131_072),
                    Map.entry("qwen", 32_768));

    private final Map<String, Integer> configured;
    private final int otherwise;

    ContextWindows(Map<String, Integer> configured, int otherwise) {
        this.configured = Map.copyOf(configured);
        this.otherwise = otherwise;
    }

    /**
     * The context window of this model; a path prefix such as {@code openai/} is optional in the
     * known names.
     */
    int of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        Integer window = longest(configured, model);
        if (window == null) {
            window = longest(configured, name);
        }
        if (window == null) {
            window = longest(KNOWN, name);
        }
        return window == null ? otherwise : window;
    }

    private static @Nullable Integer longest(Map<String, Integer> windows, String model) {
        return windows.entrySet().stream()
                .filter(known -> model.startsWith(known.getKey()))
                .max(Comparator.comparingInt(known -> known.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(null);
    }
}
