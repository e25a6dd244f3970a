package dev.threadwell.toolworker.sandbox;

import static dev.threadwell.toolworker.sandbox.SandboxForTests.LIMITS;
import static dev.threadwell.toolworker.sandbox.SandboxForTests.python;
import static dev.threadwell.toolworker.sandbox.SandboxForTests.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a program can do in a sandbox. */
@Tag("server")
class SandboxTest {

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = SandboxForTests.sandbox();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void thereIsOneHere() {
        assertThat(sandbox.unavailable()).isNull();
    }

    @Test
    void whatAProcessLeftBehindThatWasKilledIsRemoved() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String prefix = "threadwell-sandbox-" + ProcessHandle.current().pid() + "-";
        Path ours = Files.createTempDirectory(prefix);
        Path made = Files.createTempDirectory(prefix);
        Files.createFile(made.resolve("filter"));
        // From here on a sandbox of anybody's may remove it.
        Path left =
                Files.move(
                        made,
                        made.resolveSibling(
                                "threadwell-sandbox-" + dead.pid() + "-" + UUID.randomUUID()));

        Sandbox another = SandboxForTests.sandbox();
        another.unavailable();
        another.close();

        assertThat(left).doesNotExist();
        assertThat(ours).exists();
        Files.delete(ours);
    }

    @Test
    void aProgramReadsItsInputAndIsHeard() {
        var outcome = run(sandbox, python(LIMITS, "print(6 * 7)"));

        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.output()).isEqualTo("42");
        assertThat(outcome.exitValue()).isZero();
    }

    @Test
    void aJavaProgramRunsWithTheJarsItIsGiven() {
        Path jar =
                Path.of(
                        org.jboss.logging.Logger.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath());
        var program =
                SandboxedProgram.java(
                        Path.of(System.getProperty("java.home")),
                        List.of(jar),
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

        var outcome = run(sandbox, program);

        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.output()).contains("25");
        assertThat(outcome.exitValue()).isZero();
    }
}
