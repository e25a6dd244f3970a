package dev.threadwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
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

    @Test
    void aStrangerIsNotLetInAtAnyPort() throws Exception {
        try (var kafka = EmbeddedKafka.start(directory, 0)) {
            for (String port : List.of("client", "controller")) {
                Map<String, Object> ours = admin(kafka, port, kafka.clientSettings());
                assertThat(nodesSeen(ours)).as("we at the " + port + " port").isEqualTo(1);

                Map<String, String> login = new HashMap<>(kafka.clientSettings());
                login.put(
                        "sasl.jaas.config",
                        login.get("sasl.jaas.config")
                                .replaceAll("password=.*", "password=\"guess\";"));
                assertThatExceptionOfType(ExecutionException.class)
                        .as("a wrong password at the " + port + " port")
                        .isThrownBy(() -> nodesSeen(admin(kafka, port, login)))
                        .withCauseInstanceOf(SaslAuthenticationException.class);

                login.put(
                        "sasl.jaas.config",
                        kafka.clientSettings()
                                .get("sasl.jaas.config")
                                .replace("username=\"threadwell\"", "username=\"other\""));
                assertThatExceptionOfType(ExecutionException.class)
                        .as("another user at the " + port + " port")
                        .isThrownBy(() -> nodesSeen(admin(kafka, port, login)))
                        .withCauseInstanceOf(SaslAuthenticationException.class);

                assertThatExceptionOfType(ExecutionException.class)
                        .as("without a password at the " + port + " port")
                        .isThrownBy(() -> nodesSeen(admin(kafka, port, Map.of())))
                        .withCauseInstanceOf(TimeoutException.class);
            }
        }
    }

    @Test
    void whatOpensTheBrokerIsInFilesThatOnlyTheirOwnerReads() throws Exception {
        try (var kafka = EmbeddedKafka.start(directory, 0)) {
            for (String file : List.of("password", "client.properties")) {
                assertThat(
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(directory.resolve(file))))
                        .isEqualTo("rw-------");
            }
            var fromFile = new Properties();
            try (var in = Files.newBufferedReader(directory.resolve("client.properties"))) {
                fromFile.load(in);
            }
            assertThat(fromFile).isEqualTo(kafka.clientSettings());
        }
    }

    @Test
    void aDirectoryFromBeforeThePasswordGetsOneAndKeepsItsRecords() throws Exception {
        String before;
        try (var first = EmbeddedKafka.start(directory, 0)) {
            before = first.clientSettings().get("sasl.jaas.config");
            first.createTopics(Map.of("notes", 1));
            send(first, "kept");
        }
        Files.delete(directory.resolve("password"));
        Files.delete(directory.resolve("client.properties"));

        try (var second = EmbeddedKafka.start(directory, 0)) {
            assertThat(second.clientSettings().get("sasl.jaas.config")).isNotEqualTo(before);
            assertThat(firstRecord(second)).isEqualTo("kept");
        }
    }

    private static Map<String, Object> admin(
            EmbeddedKafka kafka, String port, Map<String, String> login) {
        Map<String, Object> settings = new HashMap<>(login);
        settings.remove("bootstrap.servers");
        if (port.equals("controller")) {
            settings.put("bootstrap.controllers", "127.0.0.1:" + kafka.controllerPort());
        } else {
            settings.put("bootstrap.servers", "127.0.0.1:" + kafka.port());
        }
        settings.put("request.timeout.ms", 1_000);
        settings.put(
                "default.api.timeout.ms", settings.containsKey("sasl.mechanism") ? 30_000 : 1_500);
        return settings;
    }

    private static int nodesSeen(Map<String, Object> settings)
            throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(settings)) {
            return admin.describeCluster().nodes().get().size();
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.<String, Object>copyOf(kafka.clientSettings()),
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
                        Map.<String, Object>copyOf(kafka.clientSettings()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(60)).iterator().next().value();
        }
    }
}
