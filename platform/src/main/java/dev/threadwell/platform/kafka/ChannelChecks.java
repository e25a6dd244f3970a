package dev.threadwell.platform.kafka;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * The health checks of the channels that a service takes its work from.
 *
 * <p>They replace those of the framework, which show the messages of failures, hosts included, and
 * take a channel for sound although its consumer was refused by its group.
 */
public final class ChannelChecks {

    private final KafkaClientService kafka;
    private final ChannelHealth channels;

    /**
     * Creates the checks of these incoming channels.
     *
     * @param kafka the consumers of all channels of this process
     */
    public ChannelChecks(List<String> channels, KafkaClientService kafka) {
        this.kafka = kafka;
        this.channels = new ChannelHealth(channels, this::metrics);
    }

    /**
     * For liveness: down when a channel has ended or its thread is stuck; never because Kafka is
     * away.
     */
    public HealthCheck polling(String name) {
        return () -> answer(name, channels.stuck());
    }

    /** For readiness: down while Kafka is away or does not let a consumer into its group. */
    public HealthCheck membership(String name) {
        return () -> answer(name, channels.left());
    }

    /** An answer that names the channels that fail, and no reasons, which could name hosts. */
    private static HealthCheckResponse answer(String name, List<String> failing) {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named(name).status(failing.isEmpty());
        return failing.isEmpty()
                ? answer.build()
                : answer.withData("channels", String.join(",", failing)).build();
    }

    /** A channel with several consumers has a channel {@code name$1} for each. */
    private Collection<Map<MetricName, ? extends Metric>> metrics(String channel) {
        return kafka.getConsumerChannels().stream()
                .filter(name -> name.equals(channel) || name.startsWith(channel + "$"))
                .flatMap(name -> kafka.<String, byte[]>getConsumers(name).stream())
                .<Map<MetricName, ? extends Metric>>map(ChannelChecks::metrics)
                .toList();
    }

    private static Map<MetricName, ? extends Metric> metrics(KafkaConsumer<String, byte[]> one) {
        return one.unwrap() == null ? Map.of() : one.unwrap().metrics();
    }
}
