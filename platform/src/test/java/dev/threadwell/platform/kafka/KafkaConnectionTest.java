package dev.threadwell.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {

    @Test
    void aClientIsGivenWhereKafkaIsAndWhoAsksAndNothingElse() {
        var connection =
                new KafkaConnection(
                        Map.of(
                                "bootstrap.servers", "kafka:9092",
                                "security.protocol", "SASL_SSL",
                                "sasl.mechanism", "SCRAM-SHA-512",
                                "sasl.jaas.config", "login",
                                "ssl.truststore.location", "trust.p12",
                                "group.id", "a-service",
                                "auto.offset.reset", "earliest"));

        assertThat(connection.with(Map.of("acks", "all")))
                .containsOnlyKeys(
                        "bootstrap.servers",
                        "security.protocol",
                        "sasl.mechanism",
                        "sasl.jaas.config",
                        "ssl.truststore.location",
                        "acks");
    }

    @Test
    void aBrokerThatAsksForNothingNeedsItsAddressOnly() {
        var connection = new KafkaConnection(Map.of("bootstrap.servers", "kafka:9092"));

        assertThat(connection.with(Map.of())).isEqualTo(Map.of("bootstrap.servers", "kafka:9092"));
    }
}
