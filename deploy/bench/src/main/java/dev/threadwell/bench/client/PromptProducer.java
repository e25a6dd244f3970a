package dev.threadwell.bench.client;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens Kafka producers without linger and with acks=all. */
final class PromptProducer {

    private PromptProducer() {}

    static KafkaProducer<String, byte[]> open(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("linger.ms", 0);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
