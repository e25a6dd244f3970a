package dev.threadwell.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.embedded.KafkaTopics;
import dev.threadwell.embedded.test.ServersForTests;
import dev.threadwell.persistence.StoresAccess;
import dev.threadwell.platform.kafka.KafkaConnection;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outbox messages from their committed row to a real broker. */
@Tag("server")
class OutboxTest {

    private static final Map<String, Object> BROKER = ServersForTests.kafkaClient();
    private static final KafkaConnection CONNECTION = new KafkaConnection(BROKER);
    private static final Pool POOL = StoresAccess.pool();
    private static OutboxProducer up;

    /** A producer without a broker: sends fail at once, and the messages stay in the outbox. */
    private static final OutboxProducer DOWN =
            new OutboxProducer(new KafkaConnection(Map.of("bootstrap.servers", "127.0.0.1:1")));

    private final Run run = Samples.queued(Samples.thread().id());
    private final List<OutboxMessage> messages =
            List.of(
                    OutboxMessage.announced("proj_harbour", run, 0, Samples.NOW),
                    OutboxMessage.of(
                            Topics.RUN_REQUESTED, run.threadId(), Map.of("run", run.id())));

    @BeforeAll
    static void topics() {
        Map<String, Integer> partitions = new HashMap<>();
        Topics.ofOutbox().forEach(topic -> partitions.put(topic, 1));
        partitions.put(Topics.RUN_STREAM, 1);
        Topics.consumed().forEach(topic -> partitions.put(Topics.dead(topic), 1));
        KafkaTopics.create(BROKER, partitions);
        up = new OutboxProducer(CONNECTION);
        new TopicSetup(CONNECTION, 1, Optional.empty(), up).atStart(null);
    }

    /** Empties the outbox: the tests of stores leave more rows than one sweep takes. */
    @BeforeEach
    void nothingElseIsLeftBehind() {
        await(POOL.query("delete from outbox").execute());
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(60));
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private Long[] committed() {
        Outbox.Columns columns = Outbox.columns(messages);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            ids.add(
                    await(
                                    POOL.preparedQuery(
                                                    "insert into outbox (shard, topic, key, headers, payload) values ($1::int, $2, $3, $4::text::json, $5) returning id")
                                            .execute(
                                                    Tuple.of(
                                                            columns.shards()[i],
                                                            columns.topics()[i],
                                                            columns.keys()[i],
                                                            columns.headers()[i],
                                                            columns.payloads()[i])))
                            .iterator()
                            .next()
                            .getLong(0));
        }
        return ids.toArray(Long[]::new);
    }

    private long left() {
        return await(
                        POOL.preparedQuery("select count(*) from outbox where key = $1")
                                .execute(Tuple.of(run.threadId())))
                .iterator()
                .next()
                .getLong(0);
    }

    private void crashedLongAgo() {
        createdAt("now() - interval '5 seconds'");
    }

    /**
     * Makes the rows younger than the age at which other processes sweep them, however long this
     * test takes.
     */
    private void justCommitted() {
        createdAt("now() + interval '1 hour'");
    }

    private void createdAt(String moment) {
        await(
                POOL.preparedQuery("update outbox set created_at = " + moment + " where key = $1")
                        .execute(Tuple.of(run.threadId())));
    }

    /** All of this run's records in these topics. */
    private List<ConsumerRecord<String, String>> records(String topic) {
        try (var consumer =
                new KafkaConsumer<>(BROKER, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<ConsumerRecord<String, String>> found = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found.stream().filter(r -> run.threadId().equals(r.key())).toList();
        }
    }

    private static String header(ConsumerRecord<?, ?> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void aPublishedRowIsRemoved() {
        Outbox outbox = new Outbox(POOL, up);
        outbox.committed(committed(), messages);
        until(
                () -> {
                    await(outbox.removePublished());
                    return left() == 0;
                });
        assertThat(records(Topics.RUN_REQUESTED)).hasSize(1);
    }

    @Test
    void anAnnouncementIsACloudEventInBinaryMode() {
        Outbox outbox = new Outbox(POOL, up);
        outbox.committed(committed(), messages);
        until(() -> !records(Topics.RUN_ANNOUNCED).isEmpty());
        ConsumerRecord<String, String> event = records(Topics.RUN_ANNOUNCED).getFirst();
        assertThat(event.key()).isEqualTo(run.threadId());
        assertThat(header(event, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(event, "ce_id")).isEqualTo(run.id() + ".0");
        assertThat(header(event, "ce_source")).isEqualTo("/projects/proj_harbour");
        assertThat(header(event, "ce_type")).isEqualTo("thread.run.queued");
        assertThat(header(event, "ce_subject")).isEqualTo(run.id());
        assertThat(header(event, "ce_time")).isEqualTo(Samples.NOW.toString());
        assertThat(header(event, "content-type")).isEqualTo("application/json");
        Run announced = Json.read(event.value(), Run.class);
        assertThat(announced).isEqualTo(run).returns(RunStatus.QUEUED, Run::status);
        await(outbox.removePublished());
    }

    @Test
    void aFactThatCannotBeSentStaysAndIsSweptLater() {
        Outbox broken = new Outbox(POOL, DOWN);
        broken.committed(committed(), messages);
        await(broken.removePublished());
        assertThat(left()).isEqualTo(2);
        crashedLongAgo();
        Outbox other = new Outbox(POOL, up);
        int shard = Outbox.columns(messages).shards()[0];
        until(
                () -> {
                    await(other.sweep("other", shard));
                    return left() == 0;
                });
        assertThat(records(Topics.RUN_REQUESTED)).hasSize(1);
        ConsumerRecord<String, String> event = records(Topics.RUN_ANNOUNCED).getFirst();
        assertThat(header(event, "ce_id")).isEqualTo(run.id() + ".0");
        assertThat(Json.read(event.value(), Run.class)).isEqualTo(run);
    }

    @Test
    void oneHolderSweepsAShardAndTheOthersLeaveIt() {
        committed();
        crashedLongAgo();
        int shard = Outbox.columns(messages).shards()[0];
        await(POOL.query("delete from leases").execute());
        List<Uni<Boolean>> sweeps = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sweeps.add(new Outbox(POOL, up).sweep("holder " + i, shard));
        }
        await(Uni.join().all(sweeps).andFailFast());
        assertThat(left()).isZero();
        assertThat(records(Topics.RUN_REQUESTED)).hasSize(1);
        await(POOL.query("delete from leases").execute());
    }

    @Test
    void aFactThatHasJustBeenCommittedIsLeftToItsOwnProcess() {
        committed();
        justCommitted();
        Outbox outbox = new Outbox(POOL, up);
        await(POOL.query("delete from leases").execute());
        await(outbox.sweep("h", Outbox.columns(messages).shards()[0]));
        assertThat(left()).isEqualTo(2);
        assertThat(records(Topics.RUN_REQUESTED)).isEmpty();
    }

    @Test
    void aFactOfTheLargestRunReachesKafka() {
        Outbox outbox = new Outbox(POOL, up);
        String large = "x".repeat(Topics.MAX_RUN_BYTES);
        OutboxMessage message =
                OutboxMessage.of(Topics.RUN_REQUESTED, run.threadId(), Map.of("large", large));
        outbox.committed(new Long[] {-1L}, List.of(message));
        until(() -> !records(Topics.RUN_REQUESTED).isEmpty());
        assertThat(records(Topics.RUN_REQUESTED).getFirst().value()).contains(large);
    }

    @Test
    void aFactThatKafkaWillNeverTakeBecomesADeadLetterOfItsKey() {
        Outbox outbox = new Outbox(POOL, up);
        OutboxMessage message =
                OutboxMessage.of(
                        Topics.RUN_REQUESTED,
                        run.threadId(),
                        Map.of("large", "x".repeat(Topics.MAX_RECORD_BYTES)));
        Long id = await(POOL.withConnection(c -> Outbox.save(c, List.of(message))))[0];
        outbox.committed(new Long[] {id}, List.of(message));
        until(
                () -> {
                    await(outbox.removePublished());
                    return left() == 0;
                });
        assertThat(records(Topics.RUN_REQUESTED)).isEmpty();
        ConsumerRecord<String, String> letter =
                records(Topics.dead(Topics.RUN_REQUESTED)).getFirst();
        assertThat(letter.value()).isEmpty();
        assertThat(header(letter, "reason")).isEqualTo("larger than Kafka takes");
    }

    @Test
    void aClosedProducerDoesNotFailWhatIsCommitted() {
        OutboxProducer closed = new OutboxProducer(CONNECTION);
        closed.close();
        new Outbox(POOL, closed).committed(committed(), messages);
        assertThat(left()).isEqualTo(2);
    }
}
