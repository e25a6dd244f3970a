package dev.threadwell.platform.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How the model's provider is reached. */
@ConfigMapping(prefix = "threadwell.model")
public interface ModelConfig {

    /** The base of the provider's OpenAI-compatible API, up to and with {@code /v1}. */
    Optional<URI> baseUrl();

    /** The provider's key, if it wants one. */
    Optional<String> apiKey();

    /** How long a connection may take. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long a stream may be silent, its first token included. */
    @WithDefault("60s")
    Duration idleTimeout();

    /** How often a request is made that fails before its first token. */
    @WithDefault("5")
    int attempts();

    /** The pause before the second attempt; it doubles with each further one. */
    @WithDefault("250ms")
    Duration firstBackoff();

    /** The longest pause, whatever the provider asks for. */
    @WithDefault("20s")
    Duration longestBackoff();

    /** How many requests may be under way at once. */
    @WithDefault("1000")
    int connections();

    /** How many tokens a model takes in and puts out together, if nobody says so. */
    @WithDefault("120000")
    int contextTokens();

    /** The same for single models, by name or by the beginning of their names, in quotes. */
    Map<String, Integer> contextWindows();
}
