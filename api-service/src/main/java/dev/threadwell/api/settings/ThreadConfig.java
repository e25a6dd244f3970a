package dev.threadwell.api.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of threads. */
@ConfigMapping(prefix = "threadwell.threads")
public interface ThreadConfig {

    /**
     * Whether threads can be listed and exported. Anybody with an API key can then read all
     * conversations of the project.
     */
    @WithDefault("false")
    boolean list();
}
