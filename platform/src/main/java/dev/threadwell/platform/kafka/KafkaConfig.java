package dev.threadwell.platform.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings for the creation of topics. */
@ConfigMapping(prefix = "threadwell.kafka")
public interface KafkaConfig {

    /** The number of partitions of new topics. Existing topics keep theirs. */
    @WithDefault("8")
    int partitions();
}
