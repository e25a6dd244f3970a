package dev.threadwell.platform.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How Kafka is reached, and as whom. The clients that we make ourselves take it from the same
 * {@code kafka.*} settings as the framework's channels do.
 */
@Singleton
public class KafkaConnection {

    private static final List<String> CONNECTION =
            List.of("bootstrap.servers", "security.", "sasl.", "ssl.", "tls-configuration-name");

    private final Map<String, Object> settings;

    /**
     * Takes from Kafka's settings those that say where it is and who asks.
     *
     * @param kafka all settings below {@code kafka.}, without that prefix
     */
    @Inject
    public KafkaConnection(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.settings =
                kafka.entrySet().stream()
                        .filter(
                                setting ->
                                        CONNECTION.stream().anyMatch(setting.getKey()::startsWith))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The settings of a client that wants these of its own besides. */
    public Map<String, Object> with(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        return all;
    }
}
