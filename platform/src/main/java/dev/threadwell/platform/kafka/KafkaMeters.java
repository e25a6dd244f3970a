package dev.threadwell.platform.kafka;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Keeps the metrics of Kafka's own clients that are documented, out of some hundreds: the others
 * cost time and space at every scrape, and nobody has missed them.
 */
@Singleton
public class KafkaMeters implements MeterFilter {

    private static final String OURS = "kafka.";

    private static final Set<String> KEPT =
            Set.of(
                    "kafka.consumer.fetch.manager.records.lag.max",
                    "kafka.consumer.fetch.manager.records.consumed.total",
                    "kafka.consumer.coordinator.rebalance.total",
                    "kafka.consumer.coordinator.failed.rebalance.total",
                    "kafka.consumer.coordinator.assigned.partitions",
                    "kafka.consumer.coordinator.last.heartbeat.seconds.ago",
                    "kafka.consumer.last.poll.seconds.ago");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().startsWith(OURS) && !KEPT.contains(id.getName())
                ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }
}
