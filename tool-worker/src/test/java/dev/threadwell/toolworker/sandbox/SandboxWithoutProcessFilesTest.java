package dev.threadwell.toolworker.sandbox;

import static dev.threadwell.toolworker.sandbox.SandboxForTests.LIMITS;
import static dev.threadwell.toolworker.sandbox.SandboxForTests.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sandbox of a container whose {@code /proc} is masked: it holds, and sees less. */
@Tag("server")
class SandboxWithoutProcessFilesTest {

    private static final String CLONE_NEWUSER = "0x10000000";

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = SandboxForTests.sandbox("process-files", "false");
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void thereIsOneHere() {
        assertThat(sandbox.unavailable()).isNull();
        assertThat(sandbox.hasProcessFiles()).isFalse();
    }

    @Test
    void noProcessFilesAreThere() {
        assertThat(python("import os; print(os.path.exists('/proc'))")).isEqualTo("False");
    }

    @Test
    void noOtherProcessCanBeSignalled() {
        assertThat(python("import os; print(os.getpid() < 10, os.getppid() < 10)"))
                .isEqualTo("True True");
    }

    @Test
    void noUserNamespaceCanBeMade() {
        assertThat(
                        python(
                                """
                                import ctypes, errno
                                libc = ctypes.CDLL(None, use_errno=True)
                                print(libc.unshare(%s), errno.errorcode[ctypes.get_errno()])
                                """
                                        .formatted(CLONE_NEWUSER)))
                .isEqualTo("-1 EPERM");
    }

    @Test
    void aSubprocessRuns() {
        assertThat(
                        python(
                                "import subprocess;"
                                        + " print(subprocess.check_output(['bash', '-c', 'echo hi']))"))
                .isEqualTo("b'hi\\n'");
    }

    @Test
    void aJavaProgramRuns() {
        var program =
                SandboxedProgram.java(
                        Path.of(System.getProperty("java.home")),
                        List.of(),
                        List.of("-Xmx64m", "-XX:+UseSerialGC"),
                        List.of("--version"),
                        new SandboxLimits(
                                LIMITS.memoryBytes(),
                                SandboxLimits.UNLIMITED,
                                64,
                                LIMITS.cpu(),
                                LIMITS.wallTime(),
                                LIMITS.outputBytes(),
                                LIMITS.diskBytes(),
                                LIMITS.files()));

        assertThat(run(sandbox, program).output()).contains("25");
    }

    private static String python(String code) {
        var outcome = run(sandbox, SandboxForTests.python(LIMITS, code));
        assertThat(outcome.errors()).isEmpty();
        return outcome.output();
    }
}
