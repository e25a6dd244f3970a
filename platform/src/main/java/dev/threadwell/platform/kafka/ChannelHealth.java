package dev.threadwell.platform.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Whether the channels of a service still take records, by the metrics of their Kafka consumers.
 *
 * <p>A consumer polls as long as its thread lives, also while Kafka is away or its channel is
 * paused; one that does not poll any more does not begin again. It sends heartbeats while it is a
 * member of its group, which takes a broker that lets it in.
 */
public final class ChannelHealth {

    /** A poll that fails is repeated within ten seconds. */
    private static final Duration POLLED_WITHIN = Duration.ofSeconds(30);

    /** Twice the time after which Kafka itself takes a member for dead. */
    private static final Duration MEMBER_WITHIN = Duration.ofSeconds(12);

    private static final String LAST_POLL = "last-poll-seconds-ago";
    private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";
    private static final String ASSIGNED = "assigned-partitions";

    private final List<String> channels;
    private final Function<String, Collection<Map<MetricName, ? extends Metric>>> consumers;

    /**
     * Creates the health of these channels.
     *
     * @param consumers the metrics of each consumer of a channel
     */
    public ChannelHealth(
            List<String> channels,
            Function<String, Collection<Map<MetricName, ? extends Metric>>> consumers) {
        this.channels = List.copyOf(channels);
        this.consumers = consumers;
    }

    /** The channels that do not poll any more; a restart mends them. */
    public List<String> stuck() {
        return without(one -> isRecent(value(one, LAST_POLL), POLLED_WITHIN));
    }

    /** The channels that are not members of their groups, and get no records. */
    public List<String> left() {
        return without(ChannelHealth::isMember);
    }

    /** A new member has partitions before its first heartbeat. */
    private static boolean isMember(Map<MetricName, ? extends Metric> consumer) {
        double heartbeat = value(consumer, LAST_HEARTBEAT);
        return heartbeat < 0 ? value(consumer, ASSIGNED) > 0 : isRecent(heartbeat, MEMBER_WITHIN);
    }

    private List<String> without(Predicate<Map<MetricName, ? extends Metric>> well) {
        return channels.stream().filter(channel -> !isWell(channel, well)).toList();
    }

    private boolean isWell(String channel, Predicate<Map<MetricName, ? extends Metric>> well) {
        Collection<Map<MetricName, ? extends Metric>> all = consumers.apply(channel);
        return !all.isEmpty() && all.stream().allMatch(well);
    }

    /** Kafka says -1 for what has never been. */
    private static boolean isRecent(double secondsAgo, Duration within) {
        return secondsAgo >= 0 && secondsAgo <= within.toSeconds();
    }

    private static double value(Map<MetricName, ? extends Metric> metrics, String name) {
        return metrics.values().stream()
                .filter(metric -> metric.metricName().name().equals(name))
                .map(Metric::metricValue)
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .findFirst()
                .orElse(-1);
    }
}
