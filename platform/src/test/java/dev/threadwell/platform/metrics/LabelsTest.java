package dev.threadwell.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels come from closed sets, whatever clients and providers write. */
class LabelsTest {

    private final ModelLabel models = new ModelLabel(List.of("gpt-4o", "gpt-4o-mini", "qwen"));

    @ParameterizedTest
    @ValueSource(strings = {"", "\"} 1\nevil 1", "GPT-4o", "thread_abc", "ünknown", "gpt-4"})
    void aModelThatIsNotConfiguredIsNoLabel(String hostile) {
        assertThat(models.of(hostile)).isEqualTo("other");
    }

    @Test
    void aModelIsCountedUnderTheLongestNameThatIsItsBeginning() {
        assertThat(models.of("gpt-4o-mini-2024-07-18")).isEqualTo("gpt-4o-mini");
        assertThat(models.of("gpt-4o-2024-08-06")).isEqualTo("gpt-4o");
        assertThat(models.of("gpt-4o\"} 1\nevil 1")).isEqualTo("gpt-4o");
    }

    @Test
    void everyCounterExistsFromTheStart() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        LabelledCounters.register(registry, "a", "what", "kind", LabelValues.of(List.of("x")));

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getTag("kind"))
                .containsExactlyInAnyOrder("x", "other");
    }

    @Test
    void whatIsInNoSetIsCountedAsOther() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LabelledCounters counters =
                LabelledCounters.register(
                        registry, "a", "what", "kind", LabelValues.of(List.of("x")));

        counters.count("run_abc");

        assertThat(registry.get("a").tag("kind", "other").counter().count()).isEqualTo(1);
        assertThat(registry.getMeters()).hasSize(2);
    }
}
