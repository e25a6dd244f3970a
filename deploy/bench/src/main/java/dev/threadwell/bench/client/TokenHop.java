package dev.threadwell.bench.client;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Tokens that go through Kafka before they have arrived, as they must wherever one service reads
 * the model and another one serves the client: each is a record of the size of an event, sent and
 * read with the Kafka client's own settings.
 */
public final class TokenHop implements AutoCloseable {

    private static final String TOPIC = "bench.tokens";
    private static final int EVENT_BYTES = 256;

    private final KafkaProducer<String, byte[]> producer;
    private final Tap tap;

    private TokenHop(String kafka, List<LongConsumer> streams) {
        this.producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", kafka),
                        new StringSerializer(),
                        new ByteArraySerializer());
        // The first send would wait for this, and an event loop must not.
        producer.partitionsFor(TOPIC);
        this.tap =
                Tap.on(
                        kafka,
                        List.of(TOPIC),
                        (token, nanos) ->
                                streams.get(ByteBuffer.wrap(token.value()).getInt()).accept(nanos));
    }

    /**
     * @param streams hear of the moments of their tokens, on one thread
     */
    public static TokenHop open(String kafka, List<LongConsumer> streams) {
        BenchTopic.create(kafka, TOPIC);
        return new TokenHop(kafka, streams);
    }

    /** Sends a token of this stream on its way. */
    public void pass(int stream) {
        byte[] token = ByteBuffer.allocate(EVENT_BYTES).putInt(stream).array();
        var _ = producer.send(new ProducerRecord<>(TOPIC, token));
    }

    @Override
    public void close() {
        tap.close();
        producer.close();
    }
}
