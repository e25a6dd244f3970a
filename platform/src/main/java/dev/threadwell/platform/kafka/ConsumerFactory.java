package dev.threadwell.platform.kafka;

import dev.threadwell.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Creates Kafka consumers without a group; each assigns its own partitions. */
@ApplicationScoped
public class ConsumerFactory {

    private final KafkaConnection connection;

    @Inject
    public ConsumerFactory(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * Creates a consumer that fetches a bounded number of bytes at a time. A single larger record
     * is fetched alone.
     */
    public Consumer<String, byte[]> open() {
        return open(Map.of());
    }

    /** Creates such a consumer whose metrics carry this client id. */
    public Consumer<String, byte[]> open(String clientId) {
        return open(Map.of(ConsumerConfig.CLIENT_ID_CONFIG, clientId));
    }

    private Consumer<String, byte[]> open(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putAll(
                Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        Topics.MAX_RECORD_BYTES,
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        500));
        return new KafkaConsumer<>(
                connection.with(settings), new StringDeserializer(), new ByteArrayDeserializer());
    }
}
