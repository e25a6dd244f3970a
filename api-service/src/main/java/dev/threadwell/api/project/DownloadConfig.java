package dev.threadwell.api.project;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which files clients get back. */
@ConfigMapping(prefix = "threadwell.files")
interface DownloadConfig {

    /**
     * Whether clients have back what they uploaded for assistants, which the original refuses. A
     * project can decide otherwise.
     */
    @WithDefault("false")
    boolean downloadOwn();
}
