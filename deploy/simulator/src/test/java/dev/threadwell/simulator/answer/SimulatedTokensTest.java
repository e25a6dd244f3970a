package dev.threadwell.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text is cut in a time that grows with its length, whatever it consists of. */
@Tag("slow")
class SimulatedTokensTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00fc", " ", "\n", "\ud83d\ude00", "\u6f22", "\u0e20", "x1;"})
    void aTextOfMegabytesIsCutInTimeAndWhole(String unit) {
        String text = unit.repeat((4 << 20) / unit.length());

        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    List<String> pieces = SimulatedTokens.split(text);
                    assertThat(pieces).hasSize(SimulatedTokens.count(text));
                    assertThat(String.join("", pieces)).isEqualTo(text);
                });
    }
}
