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

/** After the threads were shared out anew, only the sessions of our own go on. */
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
        int all = consumer.partitionsFor(Topics.TOOL_REQUESTED).size();
        Set<Integer> ours =
                consumer.assignment().stream()
                        .map(TopicPartition::partition)
                        .collect(Collectors.toSet());
        sessions.keepOnly(threadId -> ours.contains(partition(threadId, all)));
    }

    /** Where the default partitioner puts the records of a thread. */
    static int partition(String threadId, int all) {
        return BuiltInPartitioner.partitionForKey(threadId.getBytes(StandardCharsets.UTF_8), all);
    }
}
