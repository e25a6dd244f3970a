package dev.threadwell.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.platform.lease.JobLease;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger removals = new AtomicInteger();
    private final AtomicInteger sweeps = new AtomicInteger();
    private final Lease lease = new Lease();
    private final List<Integer> swept = new ArrayList<>();
    private volatile Set<Integer> left = Set.of();
    private volatile boolean kafkaAnswers = true;

    private static final class Lease implements JobLease {

        private volatile boolean free = true;
        private volatile boolean released;

        @Override
        public Uni<Boolean> held() {
            return Uni.createFrom().item(free);
        }

        @Override
        public Uni<Void> release() {
            released = true;
            return Uni.createFrom().voidItem();
        }
    }

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
                public JobLease lookingLease(String holder) {
                    return lease;
                }

                @Override
                public Uni<Set<Integer>> shardsLeftBehind() {
                    if (sweeps.getAndIncrement() == 0) {
                        throw new StackOverflowError();
                    }
                    return Uni.createFrom().item(left);
                }

                @Override
                public Uni<Boolean> sweep(String holder, int shard) {
                    swept.add(shard);
                    return Uni.createFrom().item(kafkaAnswers);
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

    private void sweep() {
        relay.sweep().await().indefinitely();
    }

    private void firstSweepIsOver() {
        sweeps.set(1);
    }

    @Test
    void aProcessWithoutTheLeaseDoesNotLookWhatWasLeft() {
        lease.free = false;
        sweep();
        assertThat(sweeps).hasValue(0);
    }

    @Test
    void everyShardThatWasLeftIsSwept() {
        firstSweepIsOver();
        left = new TreeSet<>(Set.of(3, 14));
        sweep();
        assertThat(swept).containsExactly(3, 14);
        assertThat(lease.released).isFalse();
    }

    @Test
    void aProcessThatCannotReachKafkaLeavesTheSweepToOthers() {
        firstSweepIsOver();
        left = Set.of(1);
        kafkaAnswers = false;
        sweep();
        assertThat(lease.released).isTrue();
        sweep();
        assertThat(swept).containsExactly(1);
    }
}
