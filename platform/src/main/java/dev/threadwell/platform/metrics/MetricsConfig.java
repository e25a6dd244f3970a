package dev.threadwell.platform.metrics;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The labels of metrics. */
@ConfigMapping(prefix = "threadwell.metrics")
public interface MetricsConfig {

    /**
     * Models that have series of their own, by name or by a prefix of the name; so have those with
     * a context window and those that see no pictures. All others are counted as {@code other}.
     */
    Optional<List<String>> models();
}
