package dev.threadwell.api.stream;

import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the events of a run back from {@code run.stream}, a few readers at a time. */
@ApplicationScoped
class Replay {

    private static final Logger LOG = Logger.getLogger(Replay.class);
    private static final int READERS = 4;
    private static final long MAX_BYTES = 16L << 20;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    /** Clocks differ: the run's second is the API's, the records' times are their writers'. */
    private static final long SKEW_MS = 5_000;

    private final StreamConsumers consumers;
    private final Semaphore readers = new Semaphore(READERS);

    @Inject
    Replay(StreamConsumers consumers) {
        this.consumers = consumers;
    }

    /**
     * What was found.
     *
     * @param seen the event that the client has seen last, if it is known and still there
     * @param complete whether nothing is missing between that event, or the run's start, and these
     */
    record Events(@Nullable StreamRecord seen, List<StreamRecord> records, boolean complete) {

        private static final Events GONE = new Events(null, List.of(), false);
    }

    /** The events behind the one that the client has seen last, up to an offset. */
    Uni<Events> after(String runId, LastEventId last, long until) {
        return onVirtualThread(
                consumer -> {
                    TopicPartition partition = assigned(consumer, last.partition());
                    Long oldest = consumer.beginningOffsets(List.of(partition)).get(partition);
                    if (oldest == null || last.offset() < oldest) {
                        return Events.GONE;
                    }
                    consumer.seek(partition, Math.min(last.offset(), until));
                    List<StreamRecord> found = read(consumer, partition, runId, until);
                    if (found == null) {
                        return Events.GONE;
                    }
                    boolean first = !found.isEmpty() && found.getFirst().offset() == last.offset();
                    return first
                            ? new Events(found.getFirst(), found.subList(1, found.size()), true)
                            : new Events(null, found, true);
                });
    }

    /**
     * The events of a run since its creation, up to an offset; up to the end of the partition if
     * the offset lies behind it.
     */
    Uni<Events> since(String runId, long createdAt, int stream, long until) {
        return onVirtualThread(
                consumer -> {
                    TopicPartition partition = assigned(consumer, stream);
                    long time = createdAt * 1000 - SKEW_MS;
                    OffsetAndTimestamp start =
                            consumer.offsetsForTimes(Map.of(partition, time)).get(partition);
                    if (start == null) {
                        return new Events(null, List.of(), true);
                    }
                    consumer.seek(partition, start.offset());
                    Long end = consumer.endOffsets(List.of(partition)).get(partition);
                    List<StreamRecord> found =
                            read(
                                    consumer,
                                    partition,
                                    runId,
                                    end == null ? until : Math.min(until, end));
                    return found == null ? Events.GONE : new Events(null, found, begins(found));
                });
    }

    /** The first event of an epoch has the number 0; without numbers it is the run's new status. */
    private static boolean begins(List<StreamRecord> found) {
        if (found.isEmpty()) {
            return true;
        }
        StreamEvent first = found.getFirst().event();
        return first.isNumbered()
                ? first.index() == 0
                : first.name().startsWith("thread.run.") && !first.name().contains(".step.");
    }

    private interface Reading {

        Events from(Consumer<String, byte[]> consumer) throws InterruptedException;
    }

    private Uni<Events> onVirtualThread(Reading reading) {
        CompletableFuture<Events> found = new CompletableFuture<>();
        Thread.ofVirtual().name("replay").start(() -> complete(found, reading));
        return Uni.createFrom().completionStage(found);
    }

    private void complete(CompletableFuture<Events> found, Reading reading) {
        try {
            readers.acquire();
            try (Consumer<String, byte[]> consumer = consumers.open()) {
                found.complete(reading.from(consumer));
            } finally {
                readers.release();
            }
        } catch (InterruptedException | RuntimeException e) {
            found.completeExceptionally(e);
        }
    }

    private static TopicPartition assigned(Consumer<String, byte[]> consumer, int stream) {
        TopicPartition partition = new TopicPartition(Topics.RUN_STREAM, stream);
        consumer.assign(List.of(partition));
        return partition;
    }

    /** A record that nobody can read is no event. */
    private static void add(List<StreamRecord> found, ConsumerRecord<String, byte[]> next) {
        try {
            found.add(StreamRecord.of(next));
        } catch (IllegalArgumentException e) {
            LOG.warnf("record is not readable offset=%d reason=%s", next.offset(), e.getMessage());
        }
    }

    /** Null if there is more than a client could be sent at once. */
    private static @Nullable List<StreamRecord> read(
            Consumer<String, byte[]> consumer, TopicPartition partition, String runId, long until) {
        long start = System.nanoTime();
        long bytes = 0;
        List<StreamRecord> found = new ArrayList<>();
        while (consumer.position(partition) < until) {
            for (ConsumerRecord<String, byte[]> next : consumer.poll(POLL)) {
                if (runId.equals(next.key()) && next.offset() < until) {
                    bytes += next.serializedValueSize();
                    add(found, next);
                }
            }
            if (bytes > MAX_BYTES) {
                return null;
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new TimeoutException("the events could not be read in time");
            }
        }
        return found;
    }
}
