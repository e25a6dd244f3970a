package dev.threadwell.api.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of streams. */
@ConfigMapping(prefix = "threadwell.stream")
interface StreamConfig {

    /**
     * How long the last events of a stream may take to follow the announced end of its run. After
     * that, missing events are created from what is stored (ADR 0021).
     */
    @WithDefault("5s")
    Duration grace();
}
