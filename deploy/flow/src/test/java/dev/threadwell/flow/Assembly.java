package dev.threadwell.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.embedded.ChildCommand;
import dev.threadwell.embedded.Directories;
import dev.threadwell.embedded.ServerPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The product as {@code ./threadwell up} starts it, with the class paths that it has there. */
final class Assembly implements AutoCloseable {

    private static final Path APP = Repository.ROOT.resolve("deploy/standalone/target/quarkus-app");

    private static final Set<String> SERVICES =
            Set.of("standalone", "api-service", "run-worker", "tool-worker");

    private final Process process;
    private final JsonNode ready;

    private Assembly(Process process, JsonNode ready) {
        this.process = process;
        this.ready = ready;
    }

    /** All services in one JVM. */
    static Assembly inOneJvm(String name, Map<String, String> settings) {
        return start(name, List.of("-Xmx768m", "-jar", APP + "/quarkus-run.jar"), settings);
    }

    /** Each service as a process of its own, under a supervisor. */
    static Assembly split(String name, Map<String, String> settings) {
        String classPath = "%1$s/app/*:%1$s/lib/main/*:%1$s/lib/boot/*".formatted(APP);
        return start(
                name,
                List.of("-Xmx128m", "-cp", classPath, "dev.threadwell.standalone.SplitMain"),
                settings);
    }

    private static Assembly start(String name, List<String> program, Map<String, String> settings) {
        try {
            Path home = Repository.MODULE.resolve("target").resolve(name);
            Directories.delete(home);
            Files.createDirectories(home);
            var builder =
                    new ProcessBuilder(ChildCommand.bound("TERM", command(home, program)))
                            .redirectErrorStream(true)
                            .redirectOutput(home.resolve("log").toFile());
            builder.environment().remove("MODEL_BASE_URL");
            builder.environment().put("THREADWELL_HOME", home.toString());
            builder.environment().put("THREADWELL_PORT", String.valueOf(ServerPort.free()));
            builder.environment().putAll(settings);
            Process process = builder.start();
            return new Assembly(process, ready(process, home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home, List<String> program) {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dvertx.disableURIValidation=true",
                        "-Dthreadwell.home=" + home,
                        "-Dthreadwell.console=" + home.resolve("console"),
                        "-Dthreadwell.repository=" + Repository.ROOT,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1"));
        command.addAll(program);
        return command;
    }

    private static JsonNode ready(Process process, Path home) throws IOException {
        Path ready = home.resolve("ready.json");
        Eventually.isTrue(
                "it is ready, see " + home,
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it has ended, see " + home);
                    }
                    return Files.exists(ready);
                });
        return Json.read(Files.readString(ready));
    }

    Client client() {
        String base = ready.required("base_url").asText();
        return new Client(
                new Http(
                        base.substring(0, base.length() - "/v1".length()),
                        ready.required("api_key").asText()));
    }

    /** What the processes of services show of their metrics. */
    List<Scrape> scrapes() {
        return ready.required("processes")
                .valueStream()
                .filter(one -> SERVICES.contains(one.required("role").asText()))
                .map(Assembly::scrape)
                .toList();
    }

    private static Scrape scrape(JsonNode process) {
        String base = "http://127.0.0.1:" + process.required("port").asInt();
        return new Scrape(
                process.required("role").asText(), new Http(base, "none").text("/q/metrics"));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
