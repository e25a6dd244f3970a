package dev.threadwell.bench.system;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The Threadwell under test, as described by its data directory.
 *
 * @param baseUrl up to and including {@code /v1}
 * @param kafka the settings with which a Kafka client connects to its broker
 */
public record Target(
        URI baseUrl,
        String apiKey,
        List<RunningProcess> processes,
        String postgresPassword,
        Map<String, Object> kafka) {

    private static final String LOCALHOST = "127.0.0.1";

    /** One of its processes; in the single-JVM mode several have the same pid. */
    public record RunningProcess(String role, String id, int port, long pid) {}

    /** The installation that runs on this data directory. */
    public static Target at(Path home) {
        try {
            return of(
                    new JsonObject(Files.readString(home.resolve("ready.json"))),
                    Files.readString(home.resolve("postgres").resolve("password")).strip(),
                    properties(home.resolve("kafka").resolve("client.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is running on " + home, e);
        }
    }

    static Target of(JsonObject ready, String postgresPassword, Map<String, Object> kafka) {
        List<RunningProcess> processes =
                ready.getJsonArray("processes").stream()
                        .map(JsonObject.class::cast)
                        .map(
                                p ->
                                        new RunningProcess(
                                                p.getString("role"),
                                                p.getString("id"),
                                                p.getInteger("port"),
                                                p.getLong("pid")))
                        .toList();
        return new Target(
                URI.create(ready.getString("base_url")),
                ready.getString("api_key"),
                processes,
                postgresPassword,
                kafka);
    }

    private static Map<String, Object> properties(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, properties::getProperty));
    }

    /** The same installation with another address and key. */
    public Target reachedBy(URI otherUrl, String otherKey) {
        return new Target(otherUrl, otherKey, processes, postgresPassword, kafka);
    }

    /** The port of the first process with this role. */
    public int port(String role) {
        return processes.stream()
                .filter(p -> p.role().equals(role))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process is a " + role))
                .port();
    }

    /** The base URL of the simulator. */
    public URI simulator() {
        return URI.create("http://" + LOCALHOST + ":" + port("simulator") + "/v1");
    }
}
