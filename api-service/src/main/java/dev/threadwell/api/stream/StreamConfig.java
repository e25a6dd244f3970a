package dev.threadwell.api.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How streams end. */
@ConfigMapping(prefix = "threadwell.stream")
interface StreamConfig {

    /**
     * How long the last events of a stream may take to follow the end of its run, which is
     * announced. After that what is missing is shown as it is stored (ADR 0021).
     */
    @WithDefault("5s")
    Duration grace();
}
