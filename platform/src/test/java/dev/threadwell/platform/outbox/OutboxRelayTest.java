package dev.threadwell.platform.outbox;

import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger removals = new AtomicInteger();
    private final AtomicInteger sweeps = new AtomicInteger();

    /** An outbox whose first removal never completes and whose first sweep throws. */
    private final Outbox outbox =
            new Outbox(
                    Pool.newInstance(null),
                    new OutboxProducer(
                            (org.apache.kafka.clients.producer.Producer<String, byte[]>) null)) {

                @Override
                public Uni<Void> removePublished() {
                    return removals.getAndIncrement() == 0
                            ? Uni.createFrom().nothing()
                            : Uni.createFrom().voidItem();
                }

                @Override
                public Uni<List<Integer>> shardsLeftBehind() {
                    if (sweeps.getAndIncrement() == 0) {
                        throw new StackOverflowError();
                    }
                    return Uni.createFrom().item(List.of());
                }
            };

    private final OutboxRelay relay = new OutboxRelay(vertx, outbox, Duration.ofMillis(300));

    @AfterEach
    void close() {
        relay.stop(new ShutdownEvent());
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aChoreThatHangsOrFailsIsDoneAgain() {
        relay.start(new StartupEvent());
        await().atMost(PATIENCE).until(() -> removals.get() > 1 && sweeps.get() > 1);
        await().atMost(PATIENCE).until(relay::isAtWork);
    }

    @Test
    void aRelayThatDoesNothingAnyMoreSaysSo() {
        relay.start(new StartupEvent());
        relay.stop(new ShutdownEvent());
        await().atMost(PATIENCE).until(() -> !relay.isAtWork());
    }
}
