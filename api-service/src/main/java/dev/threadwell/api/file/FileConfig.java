package dev.threadwell.api.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configured limits and defaults of files. */
@ConfigMapping(prefix = "threadwell.files")
interface FileConfig {

    /** The size of a file that comes in one piece, at most. */
    @WithDefault("536870912")
    long maxFileBytes();

    /** The size of a part of an upload, at most. */
    @WithDefault("67108864")
    long maxPartBytes();

    /** The size of all parts of an upload together, at most. */
    @WithDefault("8589934592")
    long maxUploadBytes();

    /** The pause between two looks for files and uploads whose time is over. */
    @WithDefault("1m")
    Duration sweepEvery();
}
