package dev.threadwell.api.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness check: down when the consumer thread has ended or is stuck, never because Kafka is away.
 */
@Liveness
@ApplicationScoped
class StreamsLiveness implements HealthCheck {

    private final RunEventConsumer consumer;

    @Inject
    StreamsLiveness(RunEventConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("The reader of news goes on")
                .status(consumer.isTurning())
                .build();
    }
}
