package dev.threadwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    @TempDir Path directory;

    @Test
    void recordsAndPortSurviveARestart() throws Exception {
        int port;
        try (var first = EmbeddedKafka.start(directory, 0)) {
            port = first.port();
            first.createTopics(Map.of("notes", 1));
            send(first, "kept");
        }

        try (var second = EmbeddedKafka.start(directory, 0)) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(firstRecord(second)).isEqualTo("kept");
        }
    }

    @Test
    void aProducerGoesOnAfterTheBrokersRestart() throws Exception {
        var first = EmbeddedKafka.start(directory, 0);
        first.createTopics(Map.of("notes", 1));
        try (var producer = producer(first)) {
            producer.send(new ProducerRecord<>("notes", "before")).get();
            first.close();

            try (var second = EmbeddedKafka.start(directory, first.port())) {
                var after = producer.send(new ProducerRecord<>("notes", "after"));
                assertThat(after.get().offset()).isEqualTo(1);
                assertThat(second.port()).isEqualTo(first.port());
            }
        }
    }

    @Test
    void topicsThatExistAreLeftAlone() throws Exception {
        try (var kafka = EmbeddedKafka.start(directory, 0)) {
            kafka.createTopics(Map.of("notes", 1));
            send(kafka, "kept");

            kafka.createTopics(Map.of("notes", 1, "others", 3));

            assertThat(firstRecord(kafka)).isEqualTo("kept");
        }
    }

    @Test
    void aSecondStartOnTheSameDirectorySaysWhoUsesIt() {
        try (var running = EmbeddedKafka.start(directory, 0)) {
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> EmbeddedKafka.start(directory, 0))
                    .withMessageMatching(
                            "The Kafka directory .* is in use by process %d\\."
                                    .formatted(ProcessHandle.current().pid()));
            assertThat(running.port()).isPositive();
        }
    }

    @Test
    void aDirectoryWithoutItsIdentityIsCalledBroken() throws IOException {
        EmbeddedKafka.start(directory, 0).close();
        Files.delete(directory.resolve("data/meta.properties"));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> EmbeddedKafka.start(directory, 0))
                .withMessageEndingWith("is broken: its file 'data/meta.properties' is missing.");
    }

    @Test
    void whatKafkaSaysOfABrokenDirectoryIsPassedOn() throws IOException {
        EmbeddedKafka.start(directory, 0).close();
        Files.writeString(directory.resolve("data/meta.properties"), "rubbish");

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> EmbeddedKafka.start(directory, 0))
                .withMessageMatching("The Kafka directory .* is broken: .+\\.");
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void send(EmbeddedKafka kafka, String value) throws Exception {
        try (var producer = producer(kafka)) {
            producer.send(new ProducerRecord<>("notes", value)).get();
        }
    }

    private static String firstRecord(EmbeddedKafka kafka) {
        var partition = new TopicPartition("notes", 0);
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(60)).iterator().next().value();
        }
    }
}
