package dev.threadwell.platform.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The connection and credentials settings for Kafka. Our own clients use the same {@code kafka.*}
 * settings as the framework's channels.
 */
@Singleton
public class KafkaConnection {

    private static final List<String> CONNECTION =
            List.of("bootstrap.servers", "security.", "sasl.", "ssl.", "tls-configuration-name");

    private final Map<String, Object> settings;

    /**
     * Selects the settings for the connection and the authentication.
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

    /** The connection settings together with a client's own settings. */
    public Map<String, Object> with(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        return all;
    }
}
