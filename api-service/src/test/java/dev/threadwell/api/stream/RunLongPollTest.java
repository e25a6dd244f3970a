package dev.threadwell.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.wire.Json;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who polls is not kept by a node that is told to stop. */
class RunLongPollTest {

    private static final RunKey KEY = new RunKey("proj", "thread_1", "run_1");
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private final RunSubscriptions subscriptions = new RunSubscriptions();
    private final RunLongPoll changes = new RunLongPoll(subscriptions, store(), FOR_EVER);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private RunStore store() {
        Run run =
                Json.read(
                        "{\"id\":\"run_1\",\"thread_id\":\"thread_1\",\"status\":\"in_progress\"}",
                        Run.class);
        return new RunStore(null, null, null, null, InstantSource.system()) {
            @Override
            public Uni<@Nullable RunRow> row(RunKey key) {
                read.complete(null);
                return Uni.createFrom().item(RunRow.created("proj", run, null));
            }

            @Override
            public Uni<@Nullable Run> find(RunKey key) {
                return Uni.createFrom().item(run);
            }
        };
    }

    private CompletableFuture<@Nullable Run> polled() {
        CompletableFuture<@Nullable Run> answer = new CompletableFuture<>();
        vertx.getOrCreateContext()
                .runOnContext(
                        tick ->
                                changes.settled(KEY)
                                        .subscribe()
                                        .with(answer::complete, answer::completeExceptionally));
        return answer;
    }

    @Test
    void whoWaitsIsAnsweredWhenTheNodeIsToldToStop() {
        CompletableFuture<@Nullable Run> answer = polled();
        read.join();

        subscriptions.leave(new ShutdownDelayInitiatedEvent());

        assertThat(answer).succeedsWithin(PATIENCE).isNotNull();
        assertThat(answer.join().status()).isEqualTo(RunStatus.IN_PROGRESS);
    }

    @Test
    void whoComesLaterIsAnsweredAtOnce() {
        subscriptions.leave(new ShutdownDelayInitiatedEvent());

        assertThat(polled()).succeedsWithin(PATIENCE).isNotNull();
    }
}
