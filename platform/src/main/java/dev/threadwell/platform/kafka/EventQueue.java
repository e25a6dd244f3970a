package dev.threadwell.platform.kafka;

import dev.threadwell.topic.StreamEvent;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one writer's events that the broker has not acknowledged yet. When sending an event
 * fails, it and all later events are sent again after a pause. Readers drop repeated events and
 * events that arrive too early, so that they see each event once and in order.
 *
 * <p>The queue is bounded: if the broker is away for so long that it overflows, it breaks
 * permanently, and its readers notice the gap.
 */
public final class EventQueue {

    private static final Logger LOG = Logger.getLogger(EventQueue.class);
    private static final long MAX_BYTES = 4L << 20;
    private static final int OVERHEAD = 200;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /**
     * The retention of {@code run.stream}: after this time readers could not read the events
     * anyway.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final StreamProducer producer;
    private final int partition;
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** The number of the current round: even while events are sent, odd during a pause. */
    private final AtomicInteger round = new AtomicInteger();

    private volatile long failingSince;
    private volatile Duration pause = FIRST_PAUSE;
    private volatile boolean broken;

    /** Creates a queue for this partition of {@code run.stream}. */
    public EventQueue(StreamProducer producer, int partition) {
        this.producer = producer;
        this.partition = partition;
    }

    private static final class Entry {

        private final StreamEvent event;
        private final long size;
        private final CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
        private volatile boolean acknowledged;

        Entry(StreamEvent event) {
            this.event = event;
            this.size = event.data().length + OVERHEAD;
        }
    }

    /**
     * Sends an event after all earlier ones; the future completes when the broker has acknowledged
     * it.
     */
    public CompletableFuture<RecordMetadata> add(StreamEvent event) {
        Entry entry = new Entry(event);
        synchronized (this) {
            if (broken || !isRoomFor(entry)) {
                breakOff("too much waits for the broker");
                entry.sent.completeExceptionally(new TimeoutException("the stream is broken"));
                return entry.sent;
            }
            waiting.add(entry);
            int now = round.get();
            if (isSending(now)) {
                send(entry, now);
            }
            if (broken) {
                // The queue broke in a callback while this event was added.
                dropAll();
            }
        }
        return entry.sent;
    }

    private boolean isRoomFor(Entry entry) {
        // An event that alone exceeds the bound is still accepted by an empty queue.
        boolean fits = waiting.isEmpty() || bytes.get() + entry.size <= MAX_BYTES;
        if (fits && producer.reserve(entry.size)) {
            bytes.addAndGet(entry.size);
            return true;
        }
        return false;
    }

    private static boolean isSending(int round) {
        return round % 2 == 0;
    }

    private void send(Entry entry, int now) {
        var _ =
                producer.send(partition, entry.event)
                        .whenComplete((at, failure) -> ended(entry, now, at, failure));
    }

    /**
     * Takes no lock, because the producer calls it while holding its own: a lock could deadlock.
     */
    private void ended(Entry entry, int then, RecordMetadata at, @Nullable Throwable failure) {
        if (failure == null) {
            entry.sent.complete(at);
            if (round.get() == then) {
                entry.acknowledged = true;
                removeAcknowledged();
            }
        } else if (failure instanceof RecordTooLargeException) {
            breakOff("an event is too large");
        } else if (round.compareAndSet(then, then + 1)) {
            pause(failure);
        }
    }

    private void removeAcknowledged() {
        for (Entry first = waiting.peek();
                first != null && first.acknowledged;
                first = waiting.peek()) {
            if (waiting.remove(first)) {
                free(first);
            }
        }
        if (waiting.isEmpty()) {
            failingSince = 0;
            pause = FIRST_PAUSE;
        }
    }

    private void free(Entry entry) {
        bytes.addAndGet(-entry.size);
        producer.releaseBytes(entry.size);
    }

    private void pause(Throwable why) {
        long now = System.nanoTime();
        if (failingSince == 0) {
            failingSince = now;
            LOG.infof("events wait for the broker partition=%d reason=%s", partition, why);
        } else if (now - failingSince > PATIENCE.toNanos()) {
            breakOff("the broker is away for too long");
            return;
        }
        Duration length = pause;
        pause = length.compareTo(LONGEST_PAUSE) < 0 ? length.multipliedBy(2) : length;
        if (!producer.later(length, this::sendAgain)) {
            breakOff("the producer is closed");
        }
    }

    private synchronized void sendAgain() {
        int now = round.incrementAndGet();
        for (Entry entry : waiting) {
            entry.acknowledged = false;
        }
        for (Entry entry : waiting) {
            if (round.get() != now) {
                return;
            }
            send(entry, now);
        }
    }

    private void breakOff(String why) {
        if (!broken) {
            broken = true;
            LOG.warnf("a stream breaks off partition=%d reason=%s", partition, why);
        }
        dropAll();
    }

    private void dropAll() {
        for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            free(entry);
            entry.sent.completeExceptionally(new TimeoutException("the stream is broken"));
        }
    }

    /** Whether the queue has broken and accepts no more events. */
    public boolean isBroken() {
        return broken;
    }
}
