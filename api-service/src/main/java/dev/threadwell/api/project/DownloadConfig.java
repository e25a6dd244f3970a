package dev.threadwell.api.project;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The setting for downloads of files. */
@ConfigMapping(prefix = "threadwell.files")
interface DownloadConfig {

    /**
     * Whether clients may download files that they uploaded for assistants, which the original
     * refuses. A project can override it.
     */
    @WithDefault("false")
    boolean downloadOwn();
}
