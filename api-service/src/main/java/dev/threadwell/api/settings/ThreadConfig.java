package dev.threadwell.api.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is shown of threads. */
@ConfigMapping(prefix = "threadwell.threads")
public interface ThreadConfig {

    /**
     * Whether threads are listed, and exported. Whoever has a key can then read all conversations
     * of the project.
     */
    @WithDefault("false")
    boolean list();
}
