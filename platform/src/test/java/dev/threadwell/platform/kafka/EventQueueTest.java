package dev.threadwell.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.topic.EventSequencer;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(
                    oneNode(),
                    false,
                    new RoundRobinPartitioner(),
                    new StringSerializer(),
                    new ByteArraySerializer());
    private final StreamProducer producer = new StreamProducer(kafka);
    private final EventQueue queue = new EventQueue(producer, 0);
    private final List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();

    private static Cluster oneNode() {
        var node = new Node(1, "localhost", 1);
        var all = new Node[] {node};
        return new Cluster(
                "cluster",
                List.of(node),
                List.of(new PartitionInfo(Topics.RUN_STREAM, 0, node, all, all)),
                Set.of(),
                Set.of());
    }

    private void adds(int count) {
        adds(count, 0);
    }

    private void adds(int count, int size) {
        for (int i = 0; i < count; i++) {
            sent.add(queue.add(new StreamEvent("run_1", 1, sent.size(), "delta", new byte[size])));
        }
    }

    private static StreamEvent event(ProducerRecord<String, byte[]> record) {
        var found = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(found.headers()::add);
        return StreamRecords.event(found);
    }

    /** The events in the order in which a reader accepts them from the records of the producer. */
    private List<Integer> read() {
        EventSequencer order = EventSequencer.from(1);
        return kafka.history().stream()
                .map(EventQueueTest::event)
                .filter(order::admits)
                .map(StreamEvent::index)
                .toList();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void whatCouldNotBeSentIsSentAgainWithAllBehindIt() {
        adds(5);
        kafka.completeNext();
        kafka.completeNext();
        kafka.errorNext(new TimeoutException("not present in metadata after 0 ms."));
        kafka.completeNext();
        kafka.completeNext();
        adds(2);
        await().atMost(PATIENCE).until(() -> kafka.history().size() == 10);
        while (kafka.completeNext()) {
            // The broker is back.
        }
        assertThat(sent)
                .allMatch(CompletableFuture::isDone)
                .noneMatch(f -> f.isCompletedExceptionally());
        // The producer's history still contains the failed attempts.
        assertThat(kafka.history().subList(5, 10))
                .extracting(r -> event(r).index())
                .containsExactly(2, 3, 4, 5, 6);
        assertThat(read()).isEqualTo(upTo(7));
    }

    @Test
    void anOutageMayLastManyTries() {
        adds(3);
        for (int tries = 1; tries < 4; tries++) {
            int expected = 3 * tries;
            await().atMost(PATIENCE).until(() -> kafka.history().size() >= expected);
            while (kafka.errorNext(new TimeoutException("away"))) {
                // The broker is away.
            }
        }
        await().atMost(PATIENCE).until(() -> kafka.completeNext());
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            while (kafka.completeNext()) {
                                // The broker is back.
                            }
                            return sent.stream().allMatch(CompletableFuture::isDone);
                        });
        assertThat(queue.isBroken()).isFalse();
        assertThat(read()).isEqualTo(upTo(3));
    }

    @Test
    void aQueueThatHoldsTooMuchBreaksForGood() {
        adds(10, 1 << 20);
        assertThat(queue.isBroken()).isTrue();
        assertThat(sent).allMatch(CompletableFuture::isCompletedExceptionally);
        adds(1);
        assertThat(sent.getLast()).isCompletedExceptionally();
    }

    @Test
    void whatHasArrivedTakesNoRoom() {
        for (int i = 0; i < 100; i++) {
            adds(1, 1 << 20);
            await().atMost(PATIENCE).until(kafka::completeNext);
        }
        assertThat(queue.isBroken()).isFalse();
        assertThat(sent).allMatch(CompletableFuture::isDone);
    }

    @Test
    void allQueuesTogetherAreBounded() {
        List<EventQueue> queues =
                IntStream.range(0, 100).mapToObj(i -> new EventQueue(producer, 0)).toList();
        queues.forEach(
                one -> {
                    var _ = one.add(new StreamEvent("run_1", 1, 0, "delta", new byte[1 << 20]));
                });
        assertThat(queues).filteredOn(EventQueue::isBroken).hasSizeBetween(50, 60);
        while (kafka.completeNext()) {
            // The broker is back.
        }
        adds(1);
        assertThat(queue.isBroken()).isFalse();
    }
}
