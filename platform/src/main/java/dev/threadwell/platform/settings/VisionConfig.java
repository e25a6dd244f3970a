package dev.threadwell.platform.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the model that reads pictures for tools and for file search. */
@ConfigMapping(prefix = "threadwell.vision")
public interface VisionConfig {

    /**
     * The base URL of its provider's OpenAI-compatible API, including {@code /v1}; by default the
     * provider of all models.
     */
    Optional<URI> baseUrl();

    /**
     * The provider's API key, if it requires one; without a base URL here, by default the key of
     * the provider of all models.
     */
    Optional<String> apiKey();

    /**
     * The model that reads pictures; by default that of the run. Without it pictures cannot be
     * given to file search.
     */
    Optional<String> model();

    /** The timeout for an answer about a picture. */
    @WithDefault("60s")
    Duration timeout();
}
