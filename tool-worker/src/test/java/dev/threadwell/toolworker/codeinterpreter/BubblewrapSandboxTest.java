package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The sandbox of bubblewrap. */
class BubblewrapSandboxTest extends CodeSandboxRules {

    @Override
    CodeSandbox sandbox(Duration grace) {
        return CodeSandboxes.bubblewrap(
                "log-chars",
                "5000",
                "pictures",
                "2",
                "disk-bytes",
                "16777216",
                "grace",
                grace.toString());
    }

    @Test
    void codeThatEndsItsProcessIsNotToldOfMemory() {
        assertThatThrownBy(() -> logs("import ctypes\nctypes.CDLL(None)._exit(7)"))
                .isInstanceOf(CodeSandbox.Ended.class)
                .hasMessage("The interpreter ended: the process exited with status 7.");
    }
}
