package dev.threadwell.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ChannelHealthTest {

    private record Reading(MetricName metricName, Double metricValue) implements Metric {}

    private static Map<MetricName, Metric> consumer(double lastPoll, double lastHeartbeat) {
        return consumer(lastPoll, lastHeartbeat, 0);
    }

    private static Map<MetricName, Metric> consumer(
            double lastPoll, double lastHeartbeat, double partitions) {
        return Map.of(
                name("last-poll-seconds-ago"),
                new Reading(name("last-poll-seconds-ago"), lastPoll),
                name("last-heartbeat-seconds-ago"),
                new Reading(name("last-heartbeat-seconds-ago"), lastHeartbeat),
                name("assigned-partitions"),
                new Reading(name("assigned-partitions"), partitions));
    }

    private static MetricName name(String name) {
        return new MetricName(name, "a group", "", Map.of());
    }

    private static ChannelHealth health(
            Map<String, Collection<Map<MetricName, ? extends Metric>>> consumers) {
        return new ChannelHealth(
                List.of("a", "b"), channel -> consumers.getOrDefault(channel, List.of()));
    }

    private static ChannelHealth of(Map<MetricName, Metric> b) {
        return health(Map.of("a", List.of(consumer(0, 1)), "b", List.of(consumer(1, 0), b)));
    }

    @Test
    void consumersThatPollAndBelongToTheirGroupsAreWell() {
        assertThat(of(consumer(10, 3)).stuck()).isEmpty();
        assertThat(of(consumer(10, 3)).left()).isEmpty();
    }

    @Test
    void oneThatDoesNotPollAnyMoreIsStuck() {
        assertThat(of(consumer(31, 3)).stuck()).containsExactly("b");
    }

    @Test
    void oneThatWasNeverOrIsNoMemberAnyMoreGetsNoRecords() {
        assertThat(of(consumer(0, -1)).left()).containsExactly("b");
        assertThat(of(consumer(0, 13)).left()).containsExactly("b");
    }

    @Test
    void aNewMemberWithPartitionsIsWellBeforeItsFirstHeartbeat() {
        assertThat(of(consumer(0, -1, 3)).left()).isEmpty();
        assertThat(of(consumer(0, 13, 3)).left()).containsExactly("b");
    }

    @Test
    void oneThatMerelyHasNoBrokerGoesOnPolling() {
        assertThat(of(consumer(0, 900)).stuck()).isEmpty();
    }

    @Test
    void aChannelWithoutAConsumerIsStuck() {
        assertThat(health(Map.of("a", List.of(consumer(0, 0)))).stuck()).containsExactly("b");
    }
}
