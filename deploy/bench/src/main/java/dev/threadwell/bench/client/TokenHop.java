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
 * Tokens that go through Kafka before they have arrived, as they must wherever one service reads
 * the model and another one serves the client: each is a record of the size of an event, sent and
 * read with the Kafka client's own settings.
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
        // The first send would wait for this, and an event loop must not.
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
     * The way of one stream's tokens.
     *
     * @param onToken hears of the moment of each that has arrived, on the hop's own thread
     */
    public synchronized Passage passage(int tokens, LongConsumer onToken) {
        var passage = new Passage(passages.size(), tokens, onToken);
        passages.add(passage);
        return passage;
    }

    /** The way of one stream's tokens through the topic. */
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

        /** Sends a token on its way. */
        public void pass() {
            var _ = producer.send(new ProducerRecord<>(TOPIC, token));
        }

        /** Done when all tokens have arrived. */
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
