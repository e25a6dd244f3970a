package dev.threadwell.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import dev.threadwell.flow.Eventually;
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
import org.testcontainers.containers.GenericContainer;

/** One container of an installation, which can be killed and started again. */
record Member(String name, GenericContainer<?> container) {

    private static final Duration START = Duration.ofMinutes(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private DockerClient docker() {
        return container.getDockerClient();
    }

    private String id() {
        return container.getContainerId();
    }

    /** Ends all of its processes without any chance to say goodbye. */
    void dies() {
        docker().killContainerCmd(id()).withSignal("KILL").exec();
        Eventually.isTrue(name + " has ended", () -> !isAlive());
    }

    /** Starts it again on its own data. */
    void startsAgain() {
        docker().startContainerCmd(id()).exec();
    }

    boolean isAlive() {
        return Boolean.TRUE.equals(
                docker().inspectContainerCmd(id()).exec().getState().getRunning());
    }

    /** Ends it as an operator would, and says with which code it ended. */
    long stops(Duration patience) {
        docker().stopContainerCmd(id()).withTimeout((int) patience.toSeconds()).exec();
        Long code = docker().inspectContainerCmd(id()).exec().getState().getExitCodeLong();
        return code == null ? -1 : code;
    }

    /**
     * Where a port of it is reached from here: another place after a restart, with some engines.
     */
    String address(int port) {
        var bindings =
                docker().inspectContainerCmd(id())
                        .exec()
                        .getNetworkSettings()
                        .getPorts()
                        .getBindings()
                        .get(ExposedPort.tcp(port));
        if (bindings == null || bindings.length == 0) {
            throw new AssertionError(name + " does not run: port " + port + " is not bound");
        }
        return container.getHost() + ":" + bindings[0].getHostPortSpec();
    }

    /** Six JVMs start at a time, which takes minutes where other work keeps the processors. */
    void awaitsReady() {
        Eventually.isTrueWithin(
                START,
                name + " is ready",
                () -> {
                    if (!isAlive()) {
                        throw new AssertionError(name + " has ended: " + tail());
                    }
                    return isReady();
                });
    }

    private boolean isReady() {
        try {
            return asksHealth().statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What it says of itself at {@code /q/health/ready}. */
    String readiness() {
        try {
            return asksHealth().body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> asksHealth() throws IOException {
        var request =
                HttpRequest.newBuilder(URI.create("http://" + address(8080) + "/q/health/ready"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String tail() {
        String log = container.getLogs();
        return log.substring(Math.max(0, log.length() - 3_000));
    }

    /** Keeps what it has written so far, for whoever looks for the reason of a failure. */
    void keepsLogIn(Path directory) throws IOException {
        Files.writeString(directory.resolve(name + ".log"), container.getLogs());
    }
}
