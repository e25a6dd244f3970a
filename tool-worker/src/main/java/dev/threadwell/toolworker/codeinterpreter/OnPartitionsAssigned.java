package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.topic.Topics;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;

/** Ends, after a rebalance, the sessions of threads whose partitions moved to other workers. */
@ApplicationScoped
@Identifier("tool-requested")
class OnPartitionsAssigned implements KafkaConsumerRebalanceListener {

    private final Sessions sessions;

    @Inject
    OnPartitionsAssigned(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void onPartitionsAssigned(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Set<Integer> ours =
                consumer.assignment().stream()
                        .map(TopicPartition::partition)
                        .collect(Collectors.toSet());
        if (ours.isEmpty()) {
            sessions.keepOnly(_ -> false);
            return;
        }
        int all = consumer.partitionsFor(Topics.TOOL_REQUESTED).size();
        sessions.keepOnly(threadId -> ours.contains(partition(threadId, all)));
    }

    /** The partition that the default partitioner chooses for a thread. */
    static int partition(String threadId, int all) {
        return BuiltInPartitioner.partitionForKey(threadId.getBytes(StandardCharsets.UTF_8), all);
    }
}
