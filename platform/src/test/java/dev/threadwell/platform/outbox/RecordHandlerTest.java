package dev.threadwell.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that cannot be read or handled become dead letters, and do not affect the others. */
class RecordHandlerTest {

    private static final String THREAD = "thread_1";
    private static final Run RUN = Samples.queued(THREAD);
    private static final RunRequested FIRST = request(1);
    private static final RunRequested SECOND = request(2);
    private static final RunRequested THIRD = request(3);

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    private final RecordHandler<RunRequested> handler =
            new RecordHandler<>(
                    new OutboxProducer(kafka),
                    Topics.RUN_REQUESTED,
                    RunRequested.class,
                    Duration.ofMillis(1));

    private final List<RunRequested> handled = new ArrayList<>();

    private static RunRequested request(int seq) {
        return new RunRequested("proj", RUN, seq, 0, null, Usage.NONE, false, null);
    }

    private static List<ConsumerRecord<String, byte[]>> batch(@Nullable String... values) {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
        for (String value : values) {
            byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
            batch.add(new ConsumerRecord<>(Topics.RUN_REQUESTED, 0, batch.size(), THREAD, bytes));
        }
        return batch;
    }

    private static List<ConsumerRecord<String, byte[]>> batch(RunRequested... requests) {
        return batch(Stream.of(requests).map(Json::compact).toArray(String[]::new));
    }

    private static void done(Uni<Void> work) {
        work.await().atMost(Duration.ofSeconds(60));
    }

    private Uni<Void> handle(RunRequested message) {
        handled.add(message);
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> handle(List<RunRequested> all) {
        handled.addAll(all);
        return Uni.createFrom().voidItem();
    }

    private List<String> buried() {
        assertThat(kafka.history())
                .allSatisfy(
                        buried -> {
                            assertThat(buried.topic()).isEqualTo("run.requested.dead");
                            assertThat(buried.key()).isEqualTo(THREAD);
                        });
        return kafka.history().stream()
                .map(buried -> new String(buried.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void whatCanBeReadIsHandledInItsOrder() {
        done(handler.handleEach(batch(FIRST, SECOND), this::handle));

        assertThat(handled).containsExactly(FIRST, SECOND);
        assertThat(buried()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsPutAside() {
        done(handler.handleAll(batch("{", Json.compact(FIRST), "null", "{}", null), this::handle));

        assertThat(handled).containsExactly(FIRST);
        assertThat(buried()).containsExactly("{", "null", "{}", "");
    }

    @Test
    void whatCannotBeHandledIsTriedThreeTimesAndPutAside() {
        done(handler.handleEach(batch(FIRST, SECOND), one -> handle(one).chain(() -> fail(one))));

        assertThat(handled).containsExactly(FIRST, FIRST, FIRST, SECOND);
        assertThat(buried()).containsExactly(Json.compact(FIRST));
        assertThat(new String(reason(), StandardCharsets.UTF_8)).isEqualTo("ArithmeticException");
    }

    private byte[] reason() {
        return kafka.history().getFirst().headers().lastHeader("reason").value();
    }

    private static Uni<Void> fail(RunRequested one) {
        if (one.equals(FIRST)) {
            throw new ArithmeticException("one too many");
        }
        return Uni.createFrom().voidItem();
    }

    @Test
    void whatIsHandledAtTheSecondTryIsNotPutAside() {
        done(
                handler.handleEach(
                        batch(FIRST),
                        one -> {
                            var _ = handle(one);
                            return handled.size() == 1
                                    ? Uni.createFrom().failure(new ArithmeticException())
                                    : Uni.createFrom().voidItem();
                        }));

        assertThat(handled).containsExactly(FIRST, FIRST);
        assertThat(buried()).isEmpty();
    }

    @Test
    void oneThatCannotBeHandledWithTheOthersIsPutAsideAlone() {
        done(
                handler.handleAll(
                        batch(SECOND, FIRST, THIRD),
                        all -> {
                            all.forEach(RecordHandlerTest::fail);
                            return handle(all);
                        }));

        assertThat(handled).containsExactly(SECOND, THIRD);
        assertThat(buried()).containsExactly(Json.compact(FIRST));
    }

    @Test
    void aDeadLetterHasNeitherSecretsNorBindings() {
        Run run = RUN.withTools(Samples.toolsWithSecrets());
        RunRequested bound = new RunRequested("proj", run, 1, 0, null, Usage.NONE, false, null);
        String later = Json.compact(bound).replace("\"project_id\"", "\"project\"");

        done(handler.handleEach(batch(Json.compact(bound)), one -> failing()));
        done(handler.handleEach(batch(later), this::handle));

        assertThat(handled).isEmpty();
        assertThat(buried())
                .hasSize(2)
                .allSatisfy(
                        letter ->
                                assertThat(letter)
                                        .contains(run.id(), "tides", "harbour")
                                        .doesNotContain("secret", "threadwell", "tides.test"));
    }

    private static Uni<Void> failing() {
        return Uni.createFrom().failure(new ArithmeticException("one too many"));
    }
}
