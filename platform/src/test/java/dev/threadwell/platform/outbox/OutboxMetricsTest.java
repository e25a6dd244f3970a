package dev.threadwell.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Topics are labels only if they are those between services. */
class OutboxMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OutboxMetrics metrics = new OutboxMetrics(registry);

    private double count(String name, String topic) {
        return registry.get(name).tag("topic", topic).counter().count();
    }

    @Test
    void theTopicOfAFunctionIsNoLabel() {
        metrics.sent(Topics.functionCalled("whatever_a_user_calls_it"));

        assertThat(count("threadwell.messages.sent", "other")).isEqualTo(1);
    }

    @Test
    void aDeadLetterIsCountedForItsTopic() {
        metrics.dead(Topics.TOOL_REQUESTED);

        assertThat(count("threadwell.dead.letters", Topics.TOOL_REQUESTED)).isEqualTo(1);
    }
}
