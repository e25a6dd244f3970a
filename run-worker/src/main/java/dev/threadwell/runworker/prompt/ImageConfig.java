package dev.threadwell.runworker.prompt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What becomes of images that messages name by URL. */
@ConfigMapping(prefix = "threadwell.images")
public interface ImageConfig {

    /** Whether they are fetched here, and not by the provider. */
    @WithDefault("false")
    boolean fetch();
}
