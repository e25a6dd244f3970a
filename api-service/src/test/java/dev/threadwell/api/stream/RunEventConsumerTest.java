package dev.threadwell.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.embedded.test.ServersForTests;
import dev.threadwell.platform.kafka.StreamProducer;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing ends the thread that reads the events of runs; while it does not read, the node says so.
 */
@QuarkusTest
class RunEventConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/q/health/ready")
    URI ready;

    @Inject RunEventConsumer consumer;
    @Inject RunSubscriptions subscriptions;
    @Inject StreamProducer producer;

    private final String run = "run_" + UUID.randomUUID();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        producer.prepare();
        listens(run, () -> {});
    }

    private void listens(String to, Runnable first) {
        subscriptions.add(
                to,
                new RunSubscriber() {
                    @Override
                    public void streamed(List<StreamRecord> records) {
                        first.run();
                        records.forEach(found -> heard.add(found.event().name()));
                    }

                    @Override
                    public void announced(RunAnnouncement announcement) {}
                });
    }

    private void sends(String to, String name) {
        producer.send(consumer.partition(), new StreamEvent(to, 1, name, new byte[0])).join();
    }

    private void hears(String... names) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).containsExactly(names));
    }

    private int health() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(ready).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void aListenerThatFailsKeepsTheNewsFromNobody() {
        String failing = "run_" + UUID.randomUUID();
        listens(
                failing,
                () -> {
                    throw new IllegalStateException("fails");
                });
        sends(failing, "one");
        sends(run, "two");
        hears("two");
    }

    @Test
    void aRecordThatNobodyCanReadKeepsNothingFromItsReaders() {
        byte[] deep = "[".repeat(8 << 20).getBytes(StandardCharsets.UTF_8);
        Map<String, Object> settings = new HashMap<>(ServersForTests.kafkaClient());
        settings.put("max.request.size", 16 << 20);
        try (KafkaProducer<String, byte[]> kafka =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            kafka.send(onStream(null, deep));
            kafka.send(onStream(run, deep));
            kafka.send(onStream(run, null));
            var noNumber = onStream(run, deep);
            noNumber.headers()
                    .add(StreamEvent.NAME_HEADER, new byte[] {'x'})
                    .add(StreamEvent.EPOCH_HEADER, new byte[] {'x'});
            kafka.send(noNumber);
            kafka.send(announced("1", deep));
            kafka.send(announced("x", deep));
            kafka.send(announced("1", null));
            kafka.flush();
        }
        sends(run, "one");
        hears("one");
        assertThat(consumer.isReading()).isTrue();
    }

    private ProducerRecord<String, byte[]> onStream(String key, byte[] value) {
        return new ProducerRecord<>(Topics.RUN_STREAM, consumer.partition(), key, value);
    }

    private ProducerRecord<String, byte[]> announced(String sequence, byte[] value) {
        var found = new ProducerRecord<>(Topics.RUN_ANNOUNCED, "thread_1", value);
        found.headers()
                .add("ce_subject", run.getBytes(StandardCharsets.UTF_8))
                .add("ce_sequence", sequence.getBytes(StandardCharsets.UTF_8));
        return found;
    }

    @Test
    void whateverAnOrderThrowsTheReaderGoesOnWhereItWas() {
        for (Throwable why :
                List.of(
                        new IllegalStateException("one"),
                        new AssertionError("two"),
                        new StackOverflowError())) {
            consumer.order(() -> throwing(why));
        }
        sends(run, "one");
        hears("one");
        consumer.order(() -> throwing(new NoClassDefFoundError("three")));
        sends(run, "two");
        hears("one", "two");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwing(Throwable why) throws T {
        throw (T) why;
    }

    @Test
    void aListenerThatFailsWithAnErrorKeepsTheNewsFromNobody() {
        String failing = "run_" + UUID.randomUUID();
        listens(
                failing,
                () -> {
                    throw new AssertionError("fails");
                });
        sends(failing, "one");
        sends(run, "two");
        hears("two");
    }

    @Test
    void aReaderThatIsStuckEndsTheReadinessOfItsNodeUntilItReadsAgain() throws Exception {
        await().atMost(PATIENCE).until(() -> health() == 200);
        CountDownLatch stuck = new CountDownLatch(1);
        CompletableFuture<Long> since = new CompletableFuture<>();
        consumer.order(
                () -> {
                    since.complete(System.nanoTime());
                    try {
                        stuck.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        try {
            // By the clock's reading and not by waiting, because a busy machine waits longer.
            long fiveSecondsLater = since.join() + Duration.ofSeconds(5).toNanos();
            assertThat(consumer.isReadingAt(fiveSecondsLater)).isFalse();
            assertThat(consumer.isTurningAt(fiveSecondsLater)).isTrue();
            // Now only a restart mends it.
            long aMinuteLater = since.join() + Duration.ofSeconds(61).toNanos();
            assertThat(consumer.isTurningAt(aMinuteLater)).isFalse();
            await().atMost(PATIENCE).until(() -> health() == 503);
        } finally {
            stuck.countDown();
        }
        await().atMost(PATIENCE).until(() -> health() == 200);
    }
}
