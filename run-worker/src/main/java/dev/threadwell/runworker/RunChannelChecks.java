package dev.threadwell.runworker;

import dev.threadwell.platform.kafka.ChannelChecks;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Health checks of the channels that a run worker takes its work from. */
@ApplicationScoped
class RunChannelChecks {

    static final List<String> CHANNELS = List.of("run-requested", "tool-answered", "run-cancelled");

    private final ChannelChecks checks;

    @Inject
    RunChannelChecks(KafkaClientService kafka) {
        this.checks = new ChannelChecks(CHANNELS, kafka);
    }

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck polling() {
        return checks.polling("The run worker's channels go on");
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck membership() {
        return checks.membership("The run worker gets records");
    }
}
