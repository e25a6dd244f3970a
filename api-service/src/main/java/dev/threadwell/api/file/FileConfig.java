package dev.threadwell.api.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configured limits and defaults of files. */
@ConfigMapping(prefix = "threadwell.files")
interface FileConfig {

    /** The maximum size of a file that is uploaded in one request. */
    @WithDefault("536870912")
    long maxFileBytes();

    /** The maximum size of a part of an upload. */
    @WithDefault("67108864")
    long maxPartBytes();

    /** The maximum size of all parts of an upload together. */
    @WithDefault("8589934592")
    long maxUploadBytes();

    /** The pause between two searches for expired files and uploads. */
    @WithDefault("1m")
    Duration sweepEvery();
}
