package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose sessions go on after the partitions were shared out anew. */
class OnPartitionsAssignedTest {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Sessions sessions =
            new Sessions(new FakeSandbox(), CodeSandboxes.config("warm-sessions", "0"));
    private final OnPartitionsAssigned listener = new OnPartitionsAssigned(sessions);

    @AfterEach
    void close() {
        sessions.close();
    }

    private static MockConsumer<String, byte[]> consumerOf(Integer... partitions) {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.updatePartitions(
                Topics.TOOL_REQUESTED,
                IntStream.range(0, PARTITIONS)
                        .mapToObj(
                                n ->
                                        new PartitionInfo(
                                                Topics.TOOL_REQUESTED,
                                                n,
                                                Node.noNode(),
                                                new Node[0],
                                                new Node[0]))
                        .toList());
        consumer.assign(
                List.of(partitions).stream()
                        .map(n -> new TopicPartition(Topics.TOOL_REQUESTED, n))
                        .toList());
        return consumer;
    }

    private List<ThreadSession> opened(int count) throws IOException {
        List<ThreadSession> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(sessions.take("thread_" + i, PATIENCE));
        }
        return all;
    }

    private static int partition(ThreadSession kept) {
        byte[] key = kept.threadId().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
    }

    @Test
    void theSessionsOfOurOwnThreadsGoOnAndTheOthersEnd() throws IOException {
        List<ThreadSession> all = opened(12);

        listener.onPartitionsAssigned(consumerOf(1, 3), List.of());

        assertThat(all)
                .allSatisfy(
                        kept ->
                                assertThat(kept.session().isAlive())
                                        .isEqualTo(partition(kept) % 2 == 1));
        assertThat(all).anyMatch(kept -> kept.session().isAlive());
    }

    @Test
    void allEndWhenEverythingWentToOthers() throws IOException {
        List<ThreadSession> all = opened(3);

        listener.onPartitionsAssigned(consumerOf(), List.of());

        assertThat(all).noneMatch(kept -> kept.session().isAlive());
    }
}
