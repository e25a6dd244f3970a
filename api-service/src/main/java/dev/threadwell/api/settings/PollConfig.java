package dev.threadwell.api.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of long polling. */
@ConfigMapping(prefix = "threadwell.poll")
public interface PollConfig {

    /** How long a request of an SDK's polling helper waits at most for a change of its run. */
    @WithDefault("5s")
    Duration waitAtMost();
}
