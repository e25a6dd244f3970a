package dev.threadwell.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic as any subscriber, or any intruder, may use it. */
record Topic(String name, Map<String, Object> kafka) {

    /** All records that the topic holds now; those of one key in their order. */
    List<ConsumerRecord<String, byte[]>> records() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        return consumer.partitionsFor(name).stream()
                .map(p -> new TopicPartition(name, p.partition()))
                .toList();
    }

    /** The records of one thread, in their order. */
    List<ConsumerRecord<String, byte[]>> records(String key) {
        return records().stream().filter(r -> key.equals(r.key())).toList();
    }

    /**
     * What the records of one thread say, in their order; what was delivered twice is said once.
     */
    List<JsonNode> messages(String key) {
        return records(key).stream().map(Topic::text).map(Json::read).distinct().toList();
    }

    static String header(ConsumerRecord<?, ?> found, String name) {
        Header header = found.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    static String text(ConsumerRecord<String, byte[]> found) {
        return new String(found.value(), StandardCharsets.UTF_8);
    }

    /** Puts a text on every partition; returns how many there are. */
    int receivesEverywhere(String key, String text) {
        try (var producer = producer()) {
            var partitions = producer.partitionsFor(name);
            for (var partition : partitions) {
                send(
                        producer,
                        new ProducerRecord<>(
                                name,
                                partition.partition(),
                                key,
                                text.getBytes(StandardCharsets.UTF_8)));
            }
            return partitions.size();
        }
    }

    /** Puts a text where those with this key are. */
    void receives(String key, String text) {
        try (var producer = producer()) {
            send(producer, new ProducerRecord<>(name, key, text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Delivers everything once more, in the same order; returns how much that was. */
    int repeatsItself() {
        List<ConsumerRecord<String, byte[]>> all = records();
        try (var producer = producer()) {
            for (var record : all) {
                send(
                        producer,
                        new ProducerRecord<>(
                                name,
                                record.partition(),
                                record.key(),
                                record.value(),
                                record.headers()));
            }
        }
        return all.size();
    }

    /** Waits until the group has handled all that the topic holds. */
    void isHandledBy(String group) {
        try (var admin = Admin.create(kafka);
                var consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Eventually.isTrue(
                    group + " has handled " + name,
                    () -> {
                        var handled = committed(admin, group);
                        return ends.entrySet().stream()
                                .allMatch(
                                        e ->
                                                e.getValue() == 0
                                                        || handled.getOrDefault(e.getKey(), 0L)
                                                                >= e.getValue());
                    });
        }
    }

    private static Map<TopicPartition, Long> committed(Admin admin, String group) {
        try {
            Map<TopicPartition, Long> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, at) -> committed.put(partition, at.offset()));
            return committed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> message) {
        try {
            producer.send(message).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
