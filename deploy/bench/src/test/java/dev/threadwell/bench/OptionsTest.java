package dev.threadwell.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void withoutRowsAllAreMeasured() {
        assertThat(Options.of("--quick").wants(9)).isTrue();
    }

    @Test
    void onlyTheNamedRowsAreMeasured() {
        var options = Options.of("1", "5");

        assertThat(options.wants(5)).isTrue();
        assertThat(options.wants(6)).isFalse();
    }

    @Test
    void valuesFollowTheirOptions() {
        var options = Options.of("--home", "/data", "--api-key", "sk-1", "--write", "page.md");

        assertThat(options.home()).contains(Path.of("/data"));
        assertThat(options.apiKey()).contains("sk-1");
        assertThat(options.write()).contains(Path.of("page.md"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2",
                "--fast",
                "--home",
                "--base-url http://localhost",
                "--home /data --one-jvm",
                "1 --write page.md"
            })
    void whatMakesNoSenseIsRefused(String line) {
        assertThatThrownBy(() -> Options.of(line.split(" ")))
                .isInstanceOf(Options.BadOptions.class);
    }
}
