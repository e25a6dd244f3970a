package dev.threadwell.toolworker;

import dev.threadwell.platform.kafka.ChannelHealth;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Health checks of the channels that a tool worker takes its work from.
 *
 * <p>They replace those of the framework, which shows the messages of failures, hosts included, and
 * takes a channel for sound although its consumer was refused by its group.
 */
@ApplicationScoped
class ToolChannelChecks {

    static final List<String> CHANNELS =
            List.of("tool-requested", "calls-cancelled", "file-added", "function-answered");

    private final KafkaClientService kafka;
    private final ChannelHealth channels = new ChannelHealth(CHANNELS, this::metrics);

    @Inject
    ToolChannelChecks(KafkaClientService kafka) {
        this.kafka = kafka;
    }

    /** Down when a channel has ended or its thread is stuck; never because Kafka is away. */
    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck polling() {
        return () -> check("The tool worker's channels go on", channels.stuck());
    }

    /** Down while Kafka is away or does not let the tool worker in. */
    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck membership() {
        return () -> check("The tool worker gets records", channels.left());
    }

    /** An answer that names the channels that fail, and no reasons, which could name hosts. */
    private static HealthCheckResponse check(String name, List<String> failing) {
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
                .<Map<MetricName, ? extends Metric>>map(ToolChannelChecks::metrics)
                .toList();
    }

    private static Map<MetricName, ? extends Metric> metrics(KafkaConsumer<String, byte[]> one) {
        return one.unwrap() == null ? Map.of() : one.unwrap().metrics();
    }
}
