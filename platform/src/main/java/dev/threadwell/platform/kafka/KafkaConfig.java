package dev.threadwell.platform.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings for the creation of topics. */
@ConfigMapping(prefix = "threadwell.kafka")
public interface KafkaConfig {

    /**
     * The number of partitions of new topics: the most workers that share the work of a topic.
     * Existing topics keep theirs, because records with the same key would otherwise be in two
     * partitions. Topics of dead letters have at most 8.
     */
    @WithDefault("64")
    int partitions();
}
