package dev.threadwell.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class StreamProducerTest {

    private static final int EVENTS = 5_000;

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(
                    oneNode(),
                    true,
                    new RoundRobinPartitioner(),
                    new StringSerializer(),
                    new ByteArraySerializer());

    private final StreamProducer producer = new StreamProducer(kafka);

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

    private CompletableFuture<RecordMetadata> sends(int event) {
        return producer.send(0, new StreamEvent("run_1", 1, Integer.toString(event), new byte[0]));
    }

    private List<String> names() {
        return kafka.history().stream()
                .map(r -> new String(r.headers().lastHeader(StreamEvent.NAME_HEADER).value()))
                .toList();
    }

    @Test
    void aRushLeavesWholeAndInItsOrder() {
        List<CompletableFuture<RecordMetadata>> sent =
                IntStream.range(0, EVENTS).mapToObj(this::sends).toList();

        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();

        assertThat(names())
                .containsExactlyElementsOf(
                        IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList());
    }

    @Test
    void whatStillWaitsLeavesBeforeTheProducerCloses() {
        List<CompletableFuture<RecordMetadata>> sent =
                IntStream.range(0, EVENTS).mapToObj(this::sends).toList();

        producer.close();

        assertThat(sent).allMatch(CompletableFuture::isDone);
        assertThat(names()).hasSize(EVENTS);
    }

    @Test
    void anEventThatCannotBeSentIsReported() {
        kafka.close();

        assertThat(sends(0)).isCompletedExceptionally();
    }
}
