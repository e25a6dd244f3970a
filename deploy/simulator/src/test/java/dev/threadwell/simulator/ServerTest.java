package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    @Test
    void twoHundredStreamsRunAtOnceAndEachIsWhole() throws Exception {
        var answers = new ArrayList<Future<Events>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(stream(i)));
            }
        }

        for (int i = 0; i < answers.size(); i++) {
            var events = answers.get(i).get();
            assertThat(events.pieces("content")).hasSize(40);
            assertThat(events.text()).startsWith("stream" + i + " lorem");
            assertThat(events.isDone()).isTrue();
        }
        assertThat(simulator.stats().path("finished").asInt()).isEqualTo(200);
    }

    @Test
    void aSlowReaderIsWaitedFor() throws Exception {
        int tokens = 100_000;
        var chat = Chat.simulate("{\"tokens\":" + tokens + "}").streaming();
        try (Socket socket = simulator.ask(chat)) {
            var before = new AtomicLong(-1);
            await().atMost(RunningSimulator.LONG)
                    .pollInterval(Duration.ofMillis(300))
                    .until(
                            () ->
                                    tokensSent() > 0
                                            && before.getAndSet(tokensSent()) == tokensSent());
            assertThat(tokensSent()).isLessThan(tokens / 2);

            var chunks = HttpChunks.read(socket.getInputStream());

            assertThat(chunks.parts()).hasSize(tokens + 3);
            assertThat(simulator.stats().path("finished").asInt()).isEqualTo(1);
        }
    }

    @Test
    void twoSimulatorsOfOneVertxAreTwo() throws Exception {
        var other = RunningSimulator.await(Simulator.start(simulator.vertx(), "127.0.0.1", 0));

        assertThat(other.port()).isNotEqualTo(simulator.port());
        RunningSimulator.await(other.stop());
        assertThat(simulator.get("/v1/models").status()).isEqualTo(200);
    }

    @Test
    void aStoppedSimulatorFreesItsPort() throws Exception {
        int port = portThatNoClientIsGiven();
        var first = RunningSimulator.await(Simulator.start(simulator.vertx(), "127.0.0.1", port));
        RunningSimulator.await(first.stop());

        var second = RunningSimulator.await(Simulator.start(simulator.vertx(), "127.0.0.1", port));

        assertThat(second.port()).isEqualTo(port);
        RunningSimulator.await(second.stop());
    }

    /** Systems take the ports of outgoing connections from above: none of them comes between. */
    private static int portThatNoClientIsGiven() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(15_000, 32_000))
                .filter(ServerTest::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Callable<Events> stream(int number) {
        return () ->
                simulator.stream(
                        Chat.simulate(
                                "{\"say\":\"stream"
                                        + number
                                        + "\",\"tokens\":40,\"gap_ms\":5,\"first_token_ms\":100}"));
    }

    private static long tokensSent() throws Exception {
        return simulator.stats().path("tokens_sent").asLong();
    }
}
