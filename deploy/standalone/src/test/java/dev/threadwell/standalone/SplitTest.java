package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.threadwell.embedded.CannotStart;
import dev.threadwell.embedded.KafkaCredentials;
import dev.threadwell.embedded.KafkaTopics;
import dev.threadwell.embedded.ServerPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class SplitTest {

    private static final Split.Sizes TWO_WORKERS = new Split.Sizes(1, 2, 1);

    @TempDir Path home;

    @Test
    void aKilledProcessOfAnyRoleComesBackOnItsPort() throws IOException {
        try (var _ = Split.start(settings(), TWO_WORKERS, tinyServices())) {
            Map<String, Integer> ports = new HashMap<>();
            processes().forEach(entry -> ports.put(id(entry), entry.get("port").asInt()));
            assertThat(ports)
                    .containsOnlyKeys(
                            "postgres",
                            "kafka",
                            "simulator",
                            "api-service-1",
                            "run-worker-1",
                            "run-worker-2",
                            "tool-worker-1");

            for (String id : ports.keySet()) {
                long killed = entry(id).get("pid").asLong();
                ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                eventually(() -> pid(id) != killed && !ServerPort.isFree(ports.get(id)));
                assertThat(entry(id).get("port").asInt()).isEqualTo(ports.get(id));
            }
            KafkaTopics.create(
                    KafkaCredentials.in(home.resolve("kafka")).clientSettings(ports.get("kafka")),
                    Map.of("notes", 1));
        }
    }

    @Test
    void aServiceThatRunsOutOfMemoryIsReplacedWhileTheOthersGoOn() throws IOException {
        try (var _ = Split.start(settings(), TWO_WORKERS, tinyServices())) {
            long before = pid("run-worker-1");
            long other = pid("run-worker-2");
            int port = entry("run-worker-1").get("port").asInt();

            Hunger.of(port);

            eventually(() -> pid("run-worker-1") != before && Hunger.isReady(port));
            assertThat(pid("run-worker-2")).isEqualTo(other);
        }
    }

    @Test
    void nothingIsLeftWhenItStops() throws IOException {
        List<Long> pids;
        try (var _ = Split.start(settings(), TWO_WORKERS, tinyServices())) {
            pids = processes().valueStream().map(entry -> entry.get("pid").asLong()).toList();
        }

        assertThat(home.resolve("ready.json")).doesNotExist();
        assertThat(pids).hasSize(7).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void aServiceThatDoesNotComeUpEndsTheStart() throws IOException {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> Split.start(settings(), TWO_WORKERS, servicesThatFail()))
                .withMessageStartingWith("api-service-1 does not become ready; its log is ");
        assertThat(home.resolve("ready.json")).doesNotExist();
    }

    @Test
    void aPortInUseStartsNothing() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings =
                    Settings.from(
                            Map.of(
                                    "THREADWELL_HOME",
                                    home.toString(),
                                    "THREADWELL_PORT",
                                    "" + taken.getLocalPort()));

            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> Split.start(settings, TWO_WORKERS, tinyServices()))
                    .withMessage("Port %d is in use.".formatted(taken.getLocalPort()));
            assertThat(home.resolve("postgres")).doesNotExist();
        }
    }

    private Settings settings() {
        return Settings.from(
                Map.of(
                        "THREADWELL_HOME",
                        home.toString(),
                        "THREADWELL_PORT",
                        "" + ServerPort.free()));
    }

    private static Programs tinyServices() {
        return programs(TinyService.class.getName());
    }

    private static Programs servicesThatFail() {
        return programs("dev.threadwell.NoSuchProgram");
    }

    private static Programs programs(String serviceMain) {
        String classPath = System.getProperty("java.class.path");
        return new Programs() {
            @Override
            public List<String> service(Service service) {
                return Programs.java("-Xmx64m", List.of("-cp", classPath, serviceMain));
            }

            @Override
            public List<String> simulator() {
                return List.of(
                        "sh",
                        "-c",
                        "QUARKUS_HTTP_PORT=$THREADWELL_SIMULATOR_PORT exec \"$0\" -cp \"$1\" \"$2\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        classPath,
                        TinyService.class.getName());
            }

            @Override
            public List<String> kafka(Path directory, int port) {
                return Programs.kafkaOnOurClassPath(directory, port);
            }
        };
    }

    private JsonNode processes() throws IOException {
        return new JsonMapper().readTree(home.resolve("ready.json").toFile()).get("processes");
    }

    private JsonNode entry(String id) throws IOException {
        return processes().valueStream().filter(e -> id(e).equals(id)).findFirst().orElseThrow();
    }

    private long pid(String id) {
        try {
            return entry(id).get("pid").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(JsonNode entry) {
        return entry.get("id").asText();
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
