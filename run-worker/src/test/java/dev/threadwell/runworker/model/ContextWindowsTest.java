package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextWindowsTest {

    private final ContextWindows windows =
            new ContextWindows(Map.of("mine", 3_000, "mine-large", 30_000, "gpt-4o", 64_000), 500);

    @ParameterizedTest
    @CsvSource({
        "gpt-4, 8192",
        "gpt-4-0613, 8192",
        "gpt-4-turbo-2024-04-09, 128000",
        "gpt-4.1-mini, 1047576",
        "openai/gpt-3.5-turbo, 16385",
        "o1-mini, 128000",
        "o1-2024-12-17, 200000"
    })
    void theLongestKnownBeginningDecides(String model, int window) {
        assertThat(windows.of(model)).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, 64000",
        "mine, 3000",
        "somewhere/mine, 3000",
        "mine-large-2, 30000"
    })
    void theConfigurationGoesBeforeWhatIsBuiltIn(String model, int window) {
        assertThat(windows.of(model)).isEqualTo(window);
    }

    @Test
    void anUnknownModelHasTheDefault() {
        assertThat(windows.of("unheard-of")).isEqualTo(500);
    }
}
