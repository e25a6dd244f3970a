package dev.threadwell.bench.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Learns from {@code run.announced} how and when runs end, as any other service would. */
public final class RunEnds implements AutoCloseable {

    /**
     * The end of a run.
     *
     * @param decided the writer's clock just before the transaction that ended the run
     * @param seen when this subscriber received the announcement, by {@link System#nanoTime}
     */
    public record End(String type, Instant decided, long seen) {}

    private static final Set<String> FINAL =
            Set.of(
                    "thread.run.completed",
                    "thread.run.failed",
                    "thread.run.cancelled",
                    "thread.run.incomplete",
                    "thread.run.expired");

    private final Map<String, Promise<End>> byRun = new ConcurrentHashMap<>();
    private final Tap tap;

    public RunEnds(Map<String, Object> kafka) {
        this.tap = Tap.on(kafka, List.of("run.announced"), this::heard);
    }

    /** Completes when the run is completed; fails if it ends with another status. */
    public Future<End> completed(String run) {
        return promise(run)
                .future()
                .compose(
                        end ->
                                end.type().equals("thread.run.completed")
                                        ? Future.succeededFuture(end)
                                        : Future.failedFuture(run + ": " + end.type()))
                .onComplete(ignored -> byRun.remove(run));
    }

    private void heard(ConsumerRecord<String, byte[]> message, long nanos) {
        String type = header(message, "ce_type");
        if (FINAL.contains(type)) {
            // Ignores repetitions, because messages are delivered at least once.
            promise(header(message, "ce_subject"))
                    .tryComplete(new End(type, Instant.parse(header(message, "ce_time")), nanos));
        }
    }

    private Promise<End> promise(String run) {
        return byRun.computeIfAbsent(run, ignored -> Promise.promise());
    }

    static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        tap.close();
    }
}
