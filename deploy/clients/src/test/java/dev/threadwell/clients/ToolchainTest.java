package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ToolchainTest {

    @Test
    void aCompilerThatIsNotThereIsNamed() {
        assertThat(new Toolchain("no-such-compiler", 1, 0, "--version").lacks())
                .contains("there is no `no-such-compiler`");
    }

    @Test
    void anOlderOneWillNotDo() {
        assertThat(new Toolchain("bash", 99, 1, "--version").lacks().orElseThrow())
                .matches("`bash` is \\d+\\.\\d+, which is older than 99\\.1");
    }

    @Test
    void aNewerOneWillDo() {
        assertThat(new Toolchain("bash", 2, 99, "--version").lacks()).isEmpty();
    }
}
