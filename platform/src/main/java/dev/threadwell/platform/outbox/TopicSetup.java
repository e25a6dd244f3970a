package dev.threadwell.platform.outbox;

import dev.threadwell.platform.kafka.KafkaConfig;
import dev.threadwell.platform.kafka.KafkaConnection;
import dev.threadwell.platform.settings.FunctionConfig;
import dev.threadwell.topic.Topics;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates missing topics at start, before any channel opens. */
@ApplicationScoped
public class TopicSetup {

    /**
     * The start priority from which on the topics exist; the channels' own start has a higher
     * number.
     */
    public static final int DONE = 2;

    private static final int BEFORE_CHANNELS = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The most partitions of a topic of dead letters, which people read, and few of them. */
    private static final int DEAD = 8;

    /** Deltas are kept only for as long as a client may resume a broken stream. */
    private static final Map<String, String> SHORT_LIVED =
            Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(Duration.ofMinutes(15).toMillis()),
                    TopicConfig.SEGMENT_MS_CONFIG,
                    Long.toString(Duration.ofMinutes(5).toMillis()));

    private final KafkaConnection kafka;
    private final int partitions;
    private final List<String> functions;
    private final OutboxProducer producer;

    @Inject
    TopicSetup(
            KafkaConnection kafka,
            KafkaConfig topics,
            FunctionConfig functions,
            OutboxProducer producer) {
        this(kafka, topics.partitions(), functions.topics(), producer);
    }

    TopicSetup(
            KafkaConnection kafka,
            int partitions,
            Optional<List<String>> functions,
            OutboxProducer producer) {
        this.kafka = kafka;
        this.partitions = partitions;
        this.functions = functions.orElse(List.of()).stream().map(Topics::functionCalled).toList();
        this.producer = producer;
    }

    void atStart(@Observes @Priority(BEFORE_CHANNELS) StartupEvent event) {
        try (Admin admin = Admin.create(connection())) {
            for (KafkaFuture<Void> created : admin.createTopics(topics()).values().values()) {
                await(created);
            }
            await(admin.incrementalAlterConfigs(largeRecords()).all());
        }
        producer.prepare(functions);
    }

    /** Raises the record limit from Kafka's default of 1 MB, on existing topics too. */
    private Map<ConfigResource, Collection<AlterConfigOp>> largeRecords() {
        AlterConfigOp set =
                new AlterConfigOp(
                        new ConfigEntry(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(Topics.MAX_RECORD_BYTES)),
                        AlterConfigOp.OpType.SET);
        return topics().stream()
                .collect(
                        Collectors.toMap(
                                topic ->
                                        new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                                topic -> List.of(set)));
    }

    private Map<String, Object> connection() {
        return kafka.with(
                Map.of(
                        AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        500,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        Math.toIntExact(PATIENCE.toMillis())));
    }

    private List<NewTopic> topics() {
        Stream<NewTopic> lasting =
                Stream.concat(Topics.ofOutbox().stream(), functions.stream())
                        .map(name -> topic(name, partitions));
        Stream<NewTopic> dead =
                Topics.consumed().stream()
                        .map(name -> topic(Topics.dead(name), Math.min(partitions, DEAD)));
        NewTopic events = topic(Topics.RUN_STREAM, partitions).configs(SHORT_LIVED);
        return Stream.of(lasting, dead, Stream.of(events)).flatMap(topics -> topics).toList();
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty());
    }

    private static void await(KafkaFuture<Void> created) {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Kafka did not create the topics", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka created the topics", e);
        }
    }
}
