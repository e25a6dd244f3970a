package dev.threadwell.containers;

import static dev.threadwell.containers.Questions.simulate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.threadwell.flow.Client;
import dev.threadwell.flow.Eventually;
import dev.threadwell.flow.Http;
import dev.threadwell.flow.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code deploy/compose/compose.yaml}, brought up and taken down by a program that reads such
 * files.
 */
@Tag("server")
@Order(5)
class ComposeTest {

    private static final String KEY = "sk-compose-0123456789abcdef";
    private static final String PROJECT = "threadwell-test-" + ProcessHandle.current().pid();

    private final int port = freePort();
    private final Http api = new Http("http://127.0.0.1:" + port, KEY);
    private final Map<String, String> settings =
            Map.of(
                    "POSTGRES_PASSWORD", UUID.randomUUID().toString(),
                    "THREADWELL_API_KEY", KEY,
                    "THREADWELL_PORT", String.valueOf(port),
                    "IMAGE_PREFIX", Environment.imagePrefix(),
                    "IMAGE_TAG", Environment.imageTag());
    private final Command engine =
            new Command(List.of(Environment.engine()), Environment.COMPOSE, Map.of());

    private Command compose() {
        return new Command(List.of(Environment.compose().split(" ")), Environment.COMPOSE, settings)
                .with("-p", PROJECT, "-f", "compose.yaml");
    }

    @BeforeEach
    void aProgramIsThere() {
        assumeFalse(Environment.compose().isEmpty(), "no program for compose files is installed");
    }

    @AfterEach
    void takeDown() {
        if (!Environment.compose().isEmpty()) {
            compose().with("down", "-v").runs();
        }
    }

    @Test
    void whatIsBroughtUpAnswersAlsoAfterARestartAndLeavesNothing() {
        compose().with("up", "-d").runs();
        isAnswered();

        compose().with("restart", "run-worker").runs();
        isAnswered();

        compose().with("down", "-v").runs();
        assertThat(leftOver()).isEmpty();
    }

    private void isAnswered() {
        Eventually.isTrue("the API answers", this::isReady);
        var run = new Client(api).streams(simulate("{'say':'Good day.','tokens':10}"));
        run.becomes(Status.COMPLETED).streamedWhatIsStored();
    }

    private boolean isReady() {
        try {
            return api.get("/v1/models").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private List<String> leftOver() {
        return Stream.of(
                        engine.with("ps", "-a", "-q", "--filter", "name=" + PROJECT).runs(),
                        engine.with("volume", "ls", "-q", "--filter", "name=" + PROJECT).runs())
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
