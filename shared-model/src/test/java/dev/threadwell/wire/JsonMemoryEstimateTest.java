package dev.threadwell.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Many small values take more memory than one long text. */
class JsonMemoryEstimateTest {

    private static long weight(String json) {
        return JsonMemoryEstimate.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextWeighsAboutWhatItsCharactersDo() {
        String text = "\"" + "a, [b], {c}: \\\" ".repeat(10_000) + "\"";
        assertThat(weight(text)).isBetween((long) text.length(), text.length() + 100L);
    }

    @Test
    void everyValueWeighsSomething() {
        assertThat(weight("[" + "[],".repeat(10_000) + "[]]")).isGreaterThan(10_000L * 2 * 64);
        assertThat(weight("[" + "1,".repeat(10_000) + "1]")).isGreaterThan(10_000L * 64);
        assertThat(weight("{" + "\"a\":{},".repeat(10_000) + "\"a\":1}"))
                .isGreaterThan(10_000L * 3 * 64);
    }

    @Test
    void aTextThatBreaksOffIsWeighedToo() {
        assertThat(weight("\"\\")).isPositive();
        assertThat(weight("")).isPositive();
    }
}
