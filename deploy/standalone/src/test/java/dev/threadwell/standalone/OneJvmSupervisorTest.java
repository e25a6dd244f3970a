package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.threadwell.embedded.CannotStart;
import dev.threadwell.embedded.ServerPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class OneJvmSupervisorTest {

    @TempDir Path home;

    @Test
    void aJvmThatRunsOutOfMemoryIsReplaced() throws IOException {
        int port = ServerPort.free();
        try (var supervisor = supervisor(readyAnd("exec " + tinyServiceOn(port)))) {
            var ended = run(supervisor);
            eventually(() -> isReady() && Hunger.isReady(port));
            long before = pid();

            Hunger.of(port);

            eventually(() -> isReady() && pid() != before && Hunger.isReady(port));
            supervisor.close();
            assertThat(ended.orTimeout(30, TimeUnit.SECONDS).join()).isNotNull();
            assertThat(ProcessHandle.of(pid())).isEmpty();
        }
    }

    @Test
    void aJvmThatIsKilledIsReplaced() throws IOException {
        try (var supervisor = supervisor(readyAnd("exec sleep 1000"))) {
            run(supervisor);
            eventually(this::isReady);
            long before = pid();

            ProcessHandle.of(before).orElseThrow().destroyForcibly();

            eventually(() -> isReady() && pid() != before);
        }
    }

    @Test
    void aJvmThatIsToldToEndIsNotReplaced() throws IOException {
        try (var supervisor = supervisor(readyAnd("exec sleep 1000"))) {
            var ended = run(supervisor);
            eventually(this::isReady);

            ProcessHandle.of(pid()).orElseThrow().destroy();

            assertThat(ended.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(143);
        }
    }

    @Test
    void aStartThatNeverComesToBeReadyIsNotRepeated() throws IOException {
        try (var supervisor = supervisor("echo once >> starts; exit 1")) {
            assertThat(run(supervisor).orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(1);
            assertThat(Files.readAllLines(home.resolve("starts"))).containsExactly("once");
        }
    }

    @Test
    void theJvmIsToldWhoWatchesOverIt() throws IOException {
        try (var supervisor = supervisor(readyAnd("exec sleep 1000"))) {
            run(supervisor);
            eventually(this::isReady);

            assertThat(Files.readString(home.resolve("supervisor")))
                    .isEqualTo(ProcessHandle.current().pid() + "\n");
        }
    }

    @Test
    void twoDoNotShareADataDirectory() {
        try (var _ = supervisor("exit 1")) {
            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> supervisor("exit 1"));
        }
    }

    private OneJvmSupervisor supervisor(String script) {
        return new OneJvmSupervisor(
                home, List.of("sh", "-c", "cd \"$0\"; " + script, home.toString()));
    }

    private static String readyAnd(String script) {
        return "echo $THREADWELL_SUPERVISOR > supervisor; echo $$ > pid-of-jvm; touch ready.json; "
                + script;
    }

    private static String tinyServiceOn(int port) {
        List<String> java =
                Programs.java(
                        "-Xmx64m",
                        List.of(
                                "-cp",
                                System.getProperty("java.class.path"),
                                TinyService.class.getName()));
        return "env QUARKUS_HTTP_PORT=" + port + " '" + String.join("' '", java) + "'";
    }

    private static CompletableFuture<Integer> run(OneJvmSupervisor supervisor) {
        var ended = new CompletableFuture<Integer>();
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                ended.complete(supervisor.run());
                            } catch (IOException | InterruptedException e) {
                                ended.completeExceptionally(e);
                            }
                        });
        return ended;
    }

    private boolean isReady() {
        return Files.exists(home.resolve("ready.json"));
    }

    private long pid() {
        try {
            return Long.parseLong(Files.readString(home.resolve("pid-of-jvm")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
