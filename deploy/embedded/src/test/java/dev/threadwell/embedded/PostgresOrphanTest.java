package dev.threadwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class PostgresOrphanTest {

    @TempDir Path directory;

    @Test
    void theServerEndsWithItsKilledJvm() throws IOException {
        Process jvm = jvmWithAServer();
        long postgres = Long.parseLong(jvm.inputReader().readLine());
        ProcessHandle server = ProcessHandle.of(postgres).orElseThrow();

        jvm.destroyForcibly();

        server.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        try (var next = EmbeddedPostgres.start(directory, 0)) {
            assertThat(next.pid()).isNotEqualTo(postgres);
        }
    }

    @Test
    void aStartRightAfterAKilledJvmTakesTheDirectoryOver() throws IOException {
        Process jvm = jvmWithAServer();
        long postgres = Long.parseLong(jvm.inputReader().readLine());
        jvm.destroyForcibly();
        jvm.onExit().orTimeout(60, TimeUnit.SECONDS).join();

        try (var next = EmbeddedPostgres.start(directory, 0)) {
            assertThat(next.pid()).isNotEqualTo(postgres);
        }
    }

    private Process jvmWithAServer() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A JVM that starts a server, says its process id and stays. */
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            var postgres = EmbeddedPostgres.start(Path.of(arguments[0]), 0);
            System.out.println(postgres.pid());
            Thread.currentThread().join();
        }
    }
}
