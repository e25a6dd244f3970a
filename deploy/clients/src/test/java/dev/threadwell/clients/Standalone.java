package dev.threadwell.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A Threadwell of our own, over the simulator, on a data directory that goes when the tests end.
 */
record Standalone(Path home, Target target) implements AutoCloseable {

    private static final List<String> PROVIDERS =
            List.of(
                    "MODEL_BASE_URL",
                    "MODEL_API_KEY",
                    "IMAGE_BASE_URL",
                    "IMAGE_API_KEY",
                    "IMAGE_MODEL",
                    "VISION_BASE_URL",
                    "VISION_API_KEY",
                    "VISION_MODEL",
                    "SEARCH_ENGINE",
                    "SEARCH_BASE_URL",
                    "SEARCH_API_KEY");

    static Standalone up() {
        try {
            Path home = Files.createTempDirectory("threadwell-clients-");
            threadwell("up", home)
                    .with("--detach")
                    .set("THREADWELL_PORT", String.valueOf(freePort()))
                    .run("there is no ./threadwell in " + Repository.ROOT)
                    .orFail("Threadwell did not start; its data directory is " + home);
            var ready = new JsonMapper().readTree(home.resolve("ready.json").toFile());
            String baseUrl = ready.required("base_url").asText();
            String apiKey = ready.required("api_key").asText();
            String adminKey = ready.required("admin_api_key").asText();
            return new Standalone(home, new Target(baseUrl, apiKey, adminKey, simulator(ready)));
        } catch (IOException failure) {
            throw new UncheckedIOException("Threadwell started but left no ready.json", failure);
        }
    }

    private static String simulator(JsonNode ready) {
        for (JsonNode process : ready.required("processes")) {
            if (process.required("role").asText().equals("simulator")) {
                return "http://127.0.0.1:" + process.required("port").asInt();
            }
        }
        throw new AssertionError("no simulator runs: " + ready);
    }

    @Override
    public void close() throws IOException {
        threadwell("down", home).run("./threadwell is gone").orFail("Threadwell did not stop");
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Without a provider: what these tests expect is the simulator's doing. */
    private static Command threadwell(String word, Path home) {
        Command command =
                Command.of(Repository.ROOT.resolve("threadwell"), word)
                        .in(Repository.ROOT)
                        .set("THREADWELL_HOME", home.toString());
        for (String variable : PROVIDERS) {
            command = command.set(variable, "");
        }
        return command;
    }

    /**
     * Below those that systems give to outgoing connections, and those that its servers choose for
     * themselves: until it listens there, nobody else does.
     */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(10_000, 15_000)
                .filter(Standalone::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
