package dev.threadwell.bench.system;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A running Threadwell, as its data directory describes it.
 *
 * @param baseUrl up to and including {@code /v1}
 */
public record Target(
        URI baseUrl, String apiKey, List<RunningProcess> processes, String postgresPassword) {

    private static final String LOCALHOST = "127.0.0.1";

    /** A process of it; in one JVM several share a pid. */
    public record RunningProcess(String role, String id, int port, long pid) {}

    /** The one that runs on this data directory. */
    public static Target at(Path home) {
        try {
            return of(
                    new JsonObject(Files.readString(home.resolve("ready.json"))),
                    Files.readString(home.resolve("postgres").resolve("password")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is running on " + home, e);
        }
    }

    static Target of(JsonObject ready, String postgresPassword) {
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
                postgresPassword);
    }

    /** The same system by another address or key. */
    public Target reachedBy(URI otherUrl, String otherKey) {
        return new Target(otherUrl, otherKey, processes, postgresPassword);
    }

    /** The port of the first process with this role. */
    public int port(String role) {
        return processes.stream()
                .filter(p -> p.role().equals(role))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process is a " + role))
                .port();
    }

    /** Where the broker listens. */
    public String kafka() {
        return LOCALHOST + ":" + port("kafka");
    }

    /** The base URL of the simulator. */
    public URI simulator() {
        return URI.create("http://" + LOCALHOST + ":" + port("simulator") + "/v1");
    }
}
