package dev.threadwell.toolworker.picture;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the pictures that tools read. */
@ConfigMapping(prefix = "threadwell.pictures")
public interface PictureConfig {

    /** The maximum size of a picture that a tool reads, in bytes. */
    @WithDefault("20971520")
    int bytes();

    /** The timeout for the download of a picture that a message references by URL. */
    @WithDefault("20s")
    Duration downloadTimeout();
}
