package dev.threadwell.platform.outbox;

import dev.threadwell.platform.metrics.LabelValues;
import dev.threadwell.platform.metrics.LabelledCounters;
import dev.threadwell.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The metrics of what the outbox sends to Kafka, and of dead letters. */
@Startup
@ApplicationScoped
public class OutboxMetrics {

    private final LabelledCounters sent;
    private final LabelledCounters failed;
    private final LabelledCounters dead;

    @Inject
    public OutboxMetrics(MeterRegistry registry) {
        LabelValues topics = LabelValues.of(Topics.ofOutbox());
        sent =
                LabelledCounters.register(
                        registry,
                        "threadwell.messages.sent",
                        "Messages between services that Kafka has acknowledged.",
                        "topic",
                        topics);
        failed =
                LabelledCounters.register(
                        registry,
                        "threadwell.message.send.failures",
                        "Attempts to send a message that failed; it is sent again.",
                        "topic",
                        topics);
        dead =
                LabelledCounters.register(
                        registry,
                        "threadwell.dead.letters",
                        "Records that could not be handled and were put aside.",
                        "topic",
                        LabelValues.of(Topics.consumed()));
    }

    /** Metrics that nobody reads. */
    static OutboxMetrics unread() {
        return new OutboxMetrics(new SimpleMeterRegistry());
    }

    void sent(String topic) {
        sent.count(topic);
    }

    void failed(String topic) {
        failed.count(topic);
    }

    void dead(String topic) {
        dead.count(topic);
    }
}
