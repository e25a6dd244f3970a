package dev.threadwell.runworker.prompt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings for images that messages reference by URL. */
@ConfigMapping(prefix = "threadwell.images")
public interface ImageConfig {

    /** Whether the run worker downloads the images, instead of the provider. */
    @WithDefault("false")
    boolean fetch();
}
