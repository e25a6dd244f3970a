package dev.threadwell.platform.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How topics are made. */
@ConfigMapping(prefix = "threadwell.kafka")
public interface KafkaConfig {

    /** How many partitions topics are made with. A topic that exists keeps what it has. */
    @WithDefault("8")
    int partitions();
}
