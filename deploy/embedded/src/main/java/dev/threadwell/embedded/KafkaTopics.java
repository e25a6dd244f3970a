package dev.threadwell.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics on a broker that may still be starting. */
public final class KafkaTopics {

    private static final int PATIENCE = (int) Duration.ofSeconds(60).toMillis();
    private static final short REPLICAS = 1;

    private KafkaTopics() {}

    /**
     * Creates the missing topics; waits up to a minute for the broker.
     *
     * @param client the settings with which to connect to the broker
     */
    public static void create(Map<String, ?> client, Map<String, Integer> partitions) {
        try (Admin admin = Admin.create(connection(client))) {
            var topics =
                    partitions.entrySet().stream()
                            .map(t -> new NewTopic(t.getKey(), t.getValue(), REPLICAS))
                            .toList();
            for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
                await(created);
            }
        }
    }

    /** Waits up to a minute until the broker answers. */
    public static void awaitBroker(Map<String, ?> client) {
        try (Admin admin = Admin.create(connection(client))) {
            await(admin.describeCluster().nodes());
        }
    }

    private static Map<String, Object> connection(Map<String, ?> client) {
        Map<String, Object> connection = new HashMap<>(client);
        connection.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        connection.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        connection.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE);
        return connection;
    }

    private static void await(KafkaFuture<?> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new CannotStart(
                        "Kafka does not answer as it should: %s.".formatted(e.getCause()), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("The wait for Kafka's topics was interrupted.", e);
        }
    }
}
