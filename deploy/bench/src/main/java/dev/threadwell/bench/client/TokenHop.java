package dev.threadwell.bench.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Baseline that sends each token through Kafka, as is unavoidable if one service reads the model
 * and another serves the client. Each token is a record of the size of an event, sent and read with
 * the Kafka client's default settings.
 */
public final class TokenHop implements AutoCloseable {

    private static final String TOPIC = "bench.tokens";
    private static final int EVENT_BYTES = 256;

    private final KafkaProducer<String, byte[]> producer;
    private final List<Passage> passages = new CopyOnWriteArrayList<>();
    private final Tap tap;

    private TokenHop(Map<String, Object> kafka) {
        this.producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        // Fetches the metadata now, because the first send would block an event loop for it.
        producer.partitionsFor(TOPIC);
        this.tap =
                Tap.on(
                        kafka,
                        List.of(TOPIC),
                        (token, nanos) ->
                                passages.get(ByteBuffer.wrap(token.value()).getInt())
                                        .arrived(nanos));
    }

    public static TokenHop open(Map<String, Object> kafka) {
        BenchTopic.create(kafka, TOPIC);
        return new TokenHop(kafka);
    }

    /**
     * Creates the passage of one stream's tokens.
     *
     * @param onToken receives the arrival time of each token, on the hop's own thread
     */
    public synchronized Passage passage(int tokens, LongConsumer onToken) {
        var passage = new Passage(passages.size(), tokens, onToken);
        passages.add(passage);
        return passage;
    }

    /** The passage of one stream's tokens through the topic. */
    public final class Passage {

        private final byte[] token;
        private final LongConsumer onToken;
        private final Promise<Void> whole = Promise.promise();
        private int missing;

        private Passage(int number, int tokens, LongConsumer onToken) {
            this.token = ByteBuffer.allocate(EVENT_BYTES).putInt(number).array();
            this.missing = tokens;
            this.onToken = onToken;
        }

        /** Sends a token. */
        public void pass() {
            var _ = producer.send(new ProducerRecord<>(TOPIC, token));
        }

        /** Completes when all tokens have arrived. */
        public Future<Void> whole() {
            return whole.future();
        }

        private void arrived(long nanos) {
            onToken.accept(nanos);
            missing--;
            if (missing == 0) {
                whole.complete();
            }
        }
    }

    @Override
    public void close() {
        tap.close();
        producer.close();
    }
}
