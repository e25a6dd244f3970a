package dev.threadwell.toolworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.tool.WorkAttempts;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.drain.InFlightWork;
import dev.threadwell.toolworker.drain.PoisonGuard;
import dev.threadwell.topic.ToolAnswered;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call is answered, whatever becomes of it, and no record blocks the ones behind it. */
class OnToolRequestedTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private static final ToolKind TIDES = new ToolKind("tides");

    private static final ToolRequested CALL =
            new ToolRequested(
                    "proj",
                    "thread_pier",
                    "run_ferry",
                    "step_1",
                    "call_t",
                    TIDES,
                    null,
                    "tides",
                    "{\"day\":1}",
                    1_800_000_000);

    private MockProducer<String, byte[]> kafka = kafka(true);

    private static MockProducer<String, byte[]> kafka(boolean answersAtOnce) {
        return new MockProducer<>(
                answersAtOnce, null, new StringSerializer(), new ByteArraySerializer());
    }

    private record FakeTool(ToolKind kind, Function<ToolRequested, String> action)
            implements ToolExecutor {

        @Override
        public ToolOutput execute(ToolRequested call) {
            return new ToolOutput.Text(action.apply(call));
        }
    }

    private record Finding(ToolOutput found) implements ToolExecutor {

        @Override
        public ToolKind kind() {
            return TIDES;
        }

        @Override
        public ToolOutput execute(ToolRequested call) {
            return found;
        }
    }

    private static ToolExecutor tides(Function<ToolRequested, String> action) {
        return new FakeTool(TIDES, action);
    }

    private static ToolExecutor echo() {
        return tides(call -> "done with " + call.arguments());
    }

    private static ConsumerRecord<String, byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>(Topics.TOOL_REQUESTED, 0, 7, "thread_pier", value);
    }

    private Instant now = Instant.ofEpochSecond(CALL.expiresAt()).minusSeconds(600);

    private final BegunInMemory begun = new BegunInMemory();
    private final AtomicInteger tries = new AtomicInteger();
    private final CancelledRuns cancelled = new CancelledRuns();
    private final InFlightWork work = new InFlightWork(Duration.ofMillis(100));

    private CompletableFuture<Void> arrives(byte @Nullable [] value, ToolExecutor... tools) {
        return new OnToolRequested(
                        List.of(tools),
                        new OutboxProducer(kafka),
                        cancelled,
                        work,
                        new PoisonGuard(begun),
                        () -> now,
                        Tracing.OFF,
                        4,
                        ToolMetrics.unread())
                .handle(record(value))
                .toCompletableFuture();
    }

    private ProducerRecord<String, byte[]> sent() {
        assertThat(kafka.history()).hasSize(1);
        return kafka.history().getFirst();
    }

    private ToolOutput answerTo(ToolExecutor... tools) {
        arrives(Json.bytes(CALL), tools).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(sent().topic()).isEqualTo(Topics.TOOL_ANSWERED);
        return Json.read(sent().value(), ToolAnswered.class).output();
    }

    @Test
    void anAnswerSaysWhatItAnswers() {
        arrives(Json.bytes(CALL), echo()).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();

        assertThat(sent().key()).isEqualTo("thread_pier");
        assertThat(Json.read(sent().value(), ToolAnswered.class))
                .isEqualTo(
                        new ToolAnswered(
                                "proj",
                                "thread_pier",
                                "run_ferry",
                                "step_1",
                                "call_t",
                                new ToolOutput.Text("done with {\"day\":1}")));
    }

    @Test
    void aToolThatIsNotHereIsAnsweredAsNotAvailable() {
        assertThat(answerTo(new FakeTool(new ToolKind("maps"), call -> "wrong")))
                .isEqualTo(
                        new ToolOutput.Text("The tool tides is not available. Answer without it."));
    }

    @Test
    void aToolThatAlwaysThrowsIsAnsweredAsFailed() {
        assertThat(answerTo(failing(Integer.MAX_VALUE, new IllegalArgumentException("secret"))))
                .isEqualTo(new ToolOutput.Text("The tool tides failed."));
        assertThat(tries).hasValue(3);
    }

    /** Fails so often with this, then answers. */
    private ToolExecutor failing(int times, RuntimeException failure) {
        return tides(
                call -> {
                    if (tries.incrementAndGet() <= times) {
                        throw failure;
                    }
                    return "high water";
                });
    }

    @Test
    void aCallThatFailsForAReasonOfOursIsTriedAgain() {
        assertThat(answerTo(failing(2, new IllegalStateException("a mistake"))))
                .isEqualTo(new ToolOutput.Text("high water"));
    }

    @Test
    void anOutageIsWaitedForHoweverOftenItIsMet() {
        RuntimeException away =
                new CompletionException(new PgException("going down", "FATAL", "57P01", ""));

        assertThat(answerTo(failing(6, away))).isEqualTo(new ToolOutput.Text("high water"));
    }

    @Test
    void anOutageIsNotWaitedForWhenTheRunHasExpired() {
        now = Instant.ofEpochSecond(CALL.expiresAt());
        RuntimeException away = new CompletionException(new ConnectException("refused"));

        assertThat(answerTo(failing(Integer.MAX_VALUE, away)))
                .isEqualTo(new ToolOutput.Text("The tool tides failed."));
        assertThat(tries).hasValue(1);
    }

    @Test
    void aCallOfARunThatIsCancelledDuringAnOutageIsGivenUp() {
        ToolExecutor cancelling =
                tides(
                        call -> {
                            cancelled.add(call.runId());
                            throw new CompletionException(new ConnectException("refused"));
                        });

        assertThat(answerTo(cancelling)).isEqualTo(new ToolOutput.Text("The run was cancelled."));
    }

    @Test
    void aCallThatThreeWorkersDiedWithIsAnsweredAsFailedAndNotExecuted() {
        for (String worker : List.of("a", "b", "c")) {
            begun.begin("call step_1 call_t", worker, 3).await().indefinitely();
        }

        assertThat(answerTo(echo()))
                .isEqualTo(
                        new ToolOutput.Text(
                                "The call failed: 3 workers stopped working while they executed"
                                        + " it."));
    }

    @Test
    void aCallThatTwoWorkersDiedWithIsExecuted() {
        for (String worker : List.of("a", "b")) {
            begun.begin("call step_1 call_t", worker, 3).await().indefinitely();
        }

        assertThat(answerTo(echo())).isEqualTo(new ToolOutput.Text("done with {\"day\":1}"));
        assertThat(begun.workers).isEmpty();
    }

    /** The table of what was begun, without a database. */
    private static final class BegunInMemory extends WorkAttempts {

        private final Map<String, Set<String>> workers = new ConcurrentHashMap<>();

        private BegunInMemory() {
            super(null);
        }

        @Override
        public Uni<Integer> begin(String work, String worker, int fewerThan) {
            Set<String> all = workers.computeIfAbsent(work, _ -> new HashSet<>());
            int deaths = (int) all.stream().filter(other -> !other.equals(worker)).count();
            if (deaths < fewerThan) {
                all.add(worker);
            }
            return Uni.createFrom().item(deaths);
        }

        @Override
        public Uni<Void> finish(String work) {
            workers.remove(work);
            return Uni.createFrom().voidItem();
        }
    }

    @Test
    void anOutputThatCannotBeToldIsAnsweredAsFailed() {
        Map<String, Object> result = Map.of("content", List.of("no part"));

        assertThat(answerTo(new Finding(new ToolOutput.Found(Map.of(), List.of(result)))))
                .isEqualTo(new ToolOutput.Text("The tool tides failed."));
    }

    @Test
    void aCallOfARunThatWasCancelledIsNotExecuted() {
        cancelled.add(CALL.runId());
        assertThat(
                        answerTo(
                                tides(
                                        call -> {
                                            throw new AssertionError("executed");
                                        })))
                .isEqualTo(new ToolOutput.Text("The run was cancelled."));
    }

    @Test
    void whatComesOfACallAfterTheWorkersEndIsLeftToAnother() throws InterruptedException {
        CompletableFuture<String> told = new CompletableFuture<>();
        CompletableFuture<Thread> executing = new CompletableFuture<>();
        CompletableFuture<Void> done =
                arrives(
                        Json.bytes(CALL),
                        tides(
                                _ -> {
                                    executing.complete(Thread.currentThread());
                                    return told.join();
                                }));
        assertThat(executing).succeedsWithin(SOON);

        work.stop(new ShutdownEvent());
        told.complete("cut off");

        // The same thread would send the answer.
        assertThat(executing.join().join(SOON)).isTrue();
        assertThat(done).isNotDone();
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void aCallIsAcknowledgedWhenItsAnswerIsOnKafka() {
        kafka = kafka(false);

        CompletableFuture<Void> done = arrives(Json.bytes(CALL), echo());
        await().atMost(SOON).until(() -> kafka.history().size() == 1);
        assertThat(done).isNotDone();

        kafka.completeNext();
        assertThat(done).succeedsWithin(SOON);
    }

    @Test
    void anAnswerIsSentUntilKafkaHasIt() {
        kafka = kafka(false);
        CompletableFuture<Void> done = arrives(Json.bytes(CALL), echo());
        await().atMost(SOON).until(() -> kafka.history().size() == 1);

        kafka.errorNext(new TimeoutException("away"));

        await().atMost(SOON).until(() -> kafka.completeNext());
        assertThat(done.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)).succeedsWithin(SOON);
        assertThat(kafka.history()).hasSize(2);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{", "null", "[]", "\"tides\"", "{}", "{\"tool\":\"tides\"}"})
    void aRecordThatCannotBeReadIsPutAside(@Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);

        arrives(bytes, echo()).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();

        assertThat(sent().topic()).isEqualTo("tool.requested.dead");
        assertThat(sent().key()).isEqualTo("thread_pier");
        assertThat(sent().value()).isEqualTo(bytes == null ? new byte[0] : bytes);
        assertThat(sent().headers().lastHeader("reason")).isNotNull();
    }

    @Test
    void aRecordIsPutAsideEvenIfKafkaIsAwayAtFirst() {
        kafka = kafka(false);
        CompletableFuture<Void> done = arrives(new byte[] {'{'}, echo());

        kafka.errorNext(new TimeoutException("away"));

        await().atMost(SOON).until(() -> kafka.completeNext());
        assertThat(done.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)).succeedsWithin(SOON);
    }
}
