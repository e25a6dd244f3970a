package dev.threadwell.flow;

import dev.threadwell.embedded.ChildCommand;
import dev.threadwell.embedded.ServerPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One service as a process, which can be killed, frozen and started again on its port. */
final class ServiceProcess {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String role;
    private final int port = ServerPort.free();
    private final Path log;
    private final Map<String, String> environment;
    private Map<String, String> settings = Map.of();
    private @Nullable Process process;
    private boolean frozen;

    ServiceProcess(String role, int number, Path logs, Map<String, String> environment) {
        this.role = role;
        this.log = logs.resolve(role + "-" + number + ".log");
        this.environment = environment;
    }

    String role() {
        return role;
    }

    Path jar() {
        return Repository.ROOT.resolve(role).resolve("target/quarkus-app/quarkus-run.jar");
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    /** Goes before the settings of the installation, from the next start on. */
    void uses(Map<String, String> settings) {
        this.settings = settings;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Starts the process; it may take a while until it {@link #isReady}. */
    ServiceProcess launches() {
        return launches(AotCaches.option(role));
    }

    /** Starts the process with these options of its JVM, which go before the usual ones. */
    ServiceProcess launches(List<String> options) {
        Path jar = jar();
        if (!Files.exists(jar)) {
            throw new AssertionError(jar + " is missing: package the services first");
        }
        // Bound to the thread of the tests, which outlives them all.
        var builder =
                new ProcessBuilder(ChildCommand.bound("KILL", command(options, jar)))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().putAll(settings);
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private static List<String> command(List<String> options, Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx160m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    ServiceProcess awaitsReady() {
        Eventually.isTrue(
                role + " is ready, see " + log,
                () -> {
                    if (!isAlive()) {
                        throw new AssertionError(role + " has ended, see " + log + tail());
                    }
                    return isReady();
                });
        return this;
    }

    boolean isReady() {
        return isUp("ready");
    }

    /** Whether it needs no restart. */
    boolean isLive() {
        return isUp("live");
    }

    private boolean isUp(String kind) {
        try {
            return health("/" + kind).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** All that it says about its health. */
    String health() {
        try {
            return health("").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> health(String kind) throws IOException {
        var request =
                HttpRequest.newBuilder(URI.create(base() + "/q/health" + kind))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it has logged since the installation was made. */
    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process without any chance to say goodbye. */
    void dies() {
        Process running = running();
        running.destroyForcibly();
        running.onExit().join();
        frozen = false;
    }

    /** Ends the process as an operator would. */
    void stops() {
        Process running = running();
        running.destroy();
        running.onExit().join();
    }

    /** The process gets no more time, until it {@link #thaws}. */
    void freezes() {
        signal("-STOP");
        frozen = true;
    }

    void thaws() {
        signal("-CONT");
        frozen = false;
    }

    boolean isFrozen() {
        return frozen;
    }

    private void signal(String signal) {
        Signals.send(signal, running().toHandle());
    }

    private Process running() {
        if (process == null) {
            throw new AssertionError(role + " was never started");
        }
        return process;
    }

    private String tail() {
        List<String> lines = log();
        return "\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }
}
