package dev.threadwell.api.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness check: down while the consumer thread does not poll, because such a node can serve no
 * stream.
 */
@Readiness
@ApplicationScoped
class StreamsReadiness implements HealthCheck {

    private final RunEventConsumer consumer;

    @Inject
    StreamsReadiness(RunEventConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("News of runs are read")
                .status(consumer.isReading())
                .build();
    }
}
