package dev.threadwell.search.embedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The OpenAI-compatible provider that embeds files and queries; without it, models in the process
 * do.
 */
@ConfigMapping(prefix = "threadwell.embeddings")
interface EmbeddingConfig {

    /** The base of the provider's API, up to and with {@code /v1}. */
    Optional<String> baseUrl();

    /** The provider's key, if it wants one. */
    Optional<String> apiKey();

    /** The model that embeds. */
    @WithDefault("text-embedding-3-small")
    String model();

    /** How many dimensions its vectors are asked to have. */
    Optional<Integer> dimensions();
}
