package dev.threadwell.platform.kafka;

import dev.threadwell.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Reads the events of one run from its partition of {@code run.stream}. It decides where a run's
 * events begin, how long reading may take, how many bytes are kept, and it skips records that are
 * not events.
 *
 * <p>Blocking: call it on a virtual or a worker thread. A caller that needs each event only once
 * should use {@link #eachSince}, which keeps at most one fetch of Kafka's in memory.
 */
public final class RunStreamReader {

    /** The maximum size of the events that are kept: more could not be sent to a client at once. */
    public static final long MAX_KEPT_BYTES = 16L << 20;

    /**
     * The tolerance for clock differences between services: the API sets a run's creation time, the
     * writers set the times of the records.
     */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(RunStreamReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Duration patience;

    /**
     * Creates a reader that opens a consumer for each reading.
     *
     * @param patience how long a reading may take before it fails with a {@link TimeoutException}
     */
    public RunStreamReader(Supplier<Consumer<String, byte[]>> consumers, Duration patience) {
        this.consumers = consumers;
        this.patience = patience;
    }

    /** Receives the events of a run one at a time. */
    public interface Sink {

        /** Receives the next event. */
        void accept(StreamRecord found);
    }

    /** The result of a reading: the events, or the reason why they are not available. */
    public sealed interface Found {

        /** All of them, in the order of the topic. */
        record Events(List<StreamRecord> records) implements Found {}

        /** Kafka has already deleted the first of them. */
        record Gone() implements Found {}

        /** They are larger than {@link #MAX_KEPT_BYTES} together. */
        record TooMany() implements Found {}
    }

    /**
     * Passes each event of a run since its creation to {@code each}, up to the offset {@code until}
     * (exclusive) or the end of the partition, whichever comes first.
     *
     * @param createdAt when the run was created, in Unix seconds
     */
    public void eachSince(String runId, long createdAt, int partition, long until, Sink each) {
        since(
                runId,
                createdAt,
                partition,
                until,
                found -> {
                    each.accept(found);
                    return true;
                });
    }

    /** The same events as {@link #eachSince} in one list. */
    public Found since(String runId, long createdAt, int partition, long until) {
        Kept kept = new Kept();
        since(runId, createdAt, partition, until, kept);
        return kept.found();
    }

    private void since(
            String runId,
            long createdAt,
            int partition,
            long until,
            Predicate<StreamRecord> taking) {
        try (Reading reading = new Reading(runId, partition)) {
            reading.since(createdAt, until, taking);
        }
    }

    /** The run's events from {@code offset} up to {@code until} (exclusive). */
    public Found from(String runId, int partition, long offset, long until) {
        Kept kept = new Kept();
        try (Reading reading = new Reading(runId, partition)) {
            return reading.from(offset, until, kept) ? kept.found() : new Found.Gone();
        }
    }

    /** Keeps events until they exceed {@link #MAX_KEPT_BYTES}. */
    private static final class Kept implements Predicate<StreamRecord> {

        private final List<StreamRecord> records = new ArrayList<>();
        private long bytes;

        @Override
        public boolean test(StreamRecord found) {
            bytes += found.event().data().length;
            records.add(found);
            return bytes <= MAX_KEPT_BYTES;
        }

        Found found() {
            return bytes <= MAX_KEPT_BYTES ? new Found.Events(records) : new Found.TooMany();
        }
    }

    /** One reading of one partition. */
    private final class Reading implements AutoCloseable {

        private final String runId;
        private final TopicPartition partition;
        private final Consumer<String, byte[]> kafka;
        private final long deadline = System.nanoTime() + patience.toNanos();

        Reading(String runId, int partition) {
            this.runId = runId;
            this.partition = new TopicPartition(Topics.RUN_STREAM, partition);
            this.kafka = consumers.get();
        }

        void since(long createdAt, long until, Predicate<StreamRecord> taking) {
            kafka.assign(List.of(partition));
            long time = createdAt * 1000 - CLOCK_SKEW.toMillis();
            OffsetAndTimestamp start =
                    kafka.offsetsForTimes(Map.of(partition, time), left()).get(partition);
            Long end = kafka.endOffsets(List.of(partition), left()).get(partition);
            if (start != null) {
                kafka.seek(partition, start.offset());
                read(end == null ? until : Math.min(until, end), taking);
            }
        }

        /** Returns false if the records from this offset on have been deleted. */
        boolean from(long offset, long until, Predicate<StreamRecord> taking) {
            kafka.assign(List.of(partition));
            Long oldest = kafka.beginningOffsets(List.of(partition), left()).get(partition);
            if (oldest == null || offset < oldest) {
                return false;
            }
            kafka.seek(partition, Math.min(offset, until));
            read(until, taking);
            return true;
        }

        private void read(long until, Predicate<StreamRecord> taking) {
            while (kafka.position(partition) < until) {
                for (ConsumerRecord<String, byte[]> next : kafka.poll(shorter(POLL, left()))) {
                    boolean ours = runId.equals(next.key()) && next.offset() < until;
                    if (ours && !take(next, taking)) {
                        return;
                    }
                }
            }
        }

        /**
         * Skips a record that is not readable, and passing events. Returns false if the reading
         * should stop.
         */
        private boolean take(ConsumerRecord<String, byte[]> next, Predicate<StreamRecord> taking) {
            StreamRecord found;
            try {
                found = StreamRecord.of(next);
            } catch (IllegalArgumentException e) {
                LOG.warnf(
                        "record is not readable offset=%d reason=%s",
                        next.offset(), e.getMessage());
                return true;
            }
            return found.event().isPassing() || taking.test(found);
        }

        private Duration left() {
            long nanos = deadline - System.nanoTime();
            if (nanos <= 0) {
                throw new TimeoutException("the events could not be read in time");
            }
            return Duration.ofNanos(nanos);
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        @Override
        public void close() {
            kafka.close();
        }
    }
}
