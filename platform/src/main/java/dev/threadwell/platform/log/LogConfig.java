package dev.threadwell.platform.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the log. */
@ConfigMapping(prefix = "threadwell.log")
public interface LogConfig {

    /** How lines look: {@code plain}, or {@code json} for one object a line. */
    @WithDefault("plain")
    Format format();

    /**
     * A file with the levels of categories, one {@code category=LEVEL} a line, which is read again
     * when it changes.
     */
    Optional<Path> levelsFile();

    /** The pause between two looks at the file. */
    @WithDefault("10s")
    Duration levelsEvery();

    /** How lines look. */
    enum Format {
        PLAIN,
        JSON
    }
}
