package dev.threadwell.toolworker.imagegeneration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The provider of pictures that tools make, and the limits of these pictures. */
@ConfigMapping(prefix = "threadwell.image-generation")
public interface ImageConfig {

    /**
     * The base URL of the provider's OpenAI-compatible API, including {@code /v1}; by default the
     * provider of the models.
     */
    Optional<URI> baseUrl();

    /** The provider's API key; the models' provider needs none of its own. */
    Optional<String> apiKey();

    /** The model that makes pictures, unless a tool names another one. */
    @WithDefault("gpt-image-1")
    String model();

    /** The timeout of one attempt to have pictures made. */
    @WithDefault("3m")
    Duration timeout();

    /** The maximum size of a picture that the provider makes, in bytes; at most 14 MiB. */
    @WithDefault("8388608")
    int pictureBytes();

    /** The maximum number of pixels of a picture that the provider makes. */
    @WithDefault("40000000")
    int pixels();

    /** The maximum number of pictures of one call. */
    @WithDefault("4")
    int pictures();

    /** The maximum number of concurrent calls; they keep their pictures in memory. */
    @WithDefault("4")
    int callsAtOnce();

    /** Total size of a project's files, in bytes, from which on no pictures are made. */
    @WithDefault("107374182400")
    long projectBytes();
}
