package dev.threadwell.platform.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connection settings of the model provider. */
@ConfigMapping(prefix = "threadwell.model")
public interface ModelConfig {

    /** The base URL of the provider's OpenAI-compatible API, including {@code /v1}. */
    Optional<URI> baseUrl();

    /** The provider's API key, if it requires one. */
    Optional<String> apiKey();

    /** The timeout for opening a connection. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** The longest time between two bytes of a stream, and before the first token. */
    @WithDefault("60s")
    Duration idleTimeout();

    /** The maximum number of attempts for a request that fails before its first token. */
    @WithDefault("5")
    int attempts();

    /** The pause before the second attempt; it doubles with each further one. */
    @WithDefault("250ms")
    Duration firstBackoff();

    /** The longest pause between attempts, even if the provider asks for a longer one. */
    @WithDefault("20s")
    Duration longestBackoff();

    /** The maximum number of concurrent requests. */
    @WithDefault("1000")
    int connections();

    /**
     * The context window of models without a setting of their own: input and output tokens
     * together.
     */
    @WithDefault("120000")
    int contextTokens();

    /** The context windows of single models, by name or by a prefix of the name in quotes. */
    Map<String, Integer> contextWindows();

    /**
     * Models that see no pictures, by name or by a prefix of the name: pictures are left out of
     * their prompts, and the tool {@code image_to_text} can read them.
     */
    Optional<List<String>> textOnly();
}
