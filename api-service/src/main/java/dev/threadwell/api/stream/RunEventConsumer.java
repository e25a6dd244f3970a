package dev.threadwell.api.stream;

import dev.threadwell.platform.kafka.ConsumerFactory;
import dev.threadwell.topic.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The consumer thread of this node. It reads new records of all partitions of {@code run.announced}
 * and {@code access.changed}, of this node's own partition of {@code run.stream}, and of other
 * partitions for as long as a client of this node needs them.
 *
 * <p>The thread survives every failure: whatever a record, a subscriber or a task throws, it opens
 * a new consumer and continues at the positions of the old one. While it does not poll, the node's
 * readiness is down (see {@link StreamsReadiness}).
 *
 * <p>Partitions are assigned by hand. Every node reads on its own, so there is no consumer group to
 * join, no rebalance to wait for and nothing to commit, and the position is known before the first
 * client.
 */
@ApplicationScoped
public class RunEventConsumer {

    private static final Logger LOG = Logger.getLogger(RunEventConsumer.class);
    private static final String CLIENT = "run-events";
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** If the last poll returned longer ago than this, the thread has stopped or is blocked. */
    private static final Duration STALLED = Duration.ofSeconds(4);

    /**
     * If the thread has tried nothing for so long, not even in vain, it does not go on by itself.
     */
    private static final Duration STUCK = Duration.ofSeconds(60);

    private final ConsumerFactory consumers;
    private final RunEventDispatcher news;
    private final StreamMetrics metrics;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, Integer> followed = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Thread thread = new Thread(this::read, "run-events");
    private final CompletableFuture<Integer> own = new CompletableFuture<>();
    private volatile Consumer<String, byte[]> kafka;
    private volatile boolean stopped;
    private volatile long polledAt;
    private volatile long turnedAt;
    private volatile int partitions;

    @Inject
    @SuppressWarnings("NullAway.Init") // the observer of StartupEvent sets the consumer
    RunEventConsumer(ConsumerFactory consumers, RunEventDispatcher news, StreamMetrics metrics) {
        this.metrics = metrics;
        this.consumers = consumers;
        this.news = news;
    }

    void start(@Observes StartupEvent event) {
        kafka = consumers.open(CLIENT);
        metrics.measure(kafka);
        partitions = kafka.partitionsFor(Topics.RUN_STREAM).size();
        int chosen = ThreadLocalRandom.current().nextInt(partitions);
        for (String topic : List.of(Topics.RUN_ANNOUNCED, Topics.ACCESS_CHANGED)) {
            kafka.partitionsFor(topic)
                    .forEach(p -> followed.put(new TopicPartition(p.topic(), p.partition()), 1));
        }
        followed.put(new TopicPartition(Topics.RUN_STREAM, chosen), 1);
        kafka.assign(followed.keySet());
        kafka.seekToEnd(followed.keySet());
        followed.keySet().forEach(p -> positions.put(p, kafka.position(p)));
        own.complete(chosen);
        polledAt = System.nanoTime();
        turnedAt = polledAt;
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        kafka.wakeup();
        thread.join(PATIENCE);
    }

    /** The partition of {@code run.stream} that workers write to for this node's clients. */
    public int partition() {
        return own.join();
    }

    int partitions() {
        return partitions;
    }

    /**
     * Follows a partition until {@link #leave}.
     *
     * @return the offset from which on subscribers receive every event
     */
    Uni<Long> follow(int partition) {
        CompletableFuture<Long> position = new CompletableFuture<>();
        order(() -> followed(new TopicPartition(Topics.RUN_STREAM, partition), position));
        return Uni.createFrom().completionStage(position);
    }

    void leave(int partition) {
        order(() -> left(new TopicPartition(Topics.RUN_STREAM, partition)));
    }

    /** Runs this task on the consumer thread, because a Kafka consumer is not thread-safe. */
    void order(Runnable order) {
        orders.add(order);
        kafka.wakeup();
    }

    private void followed(TopicPartition partition, CompletableFuture<Long> position) {
        try {
            if (followed.merge(partition, 1, Integer::sum) == 1) {
                kafka.assign(followed.keySet());
                kafka.seekToEnd(List.of(partition));
            }
            long at = position(partition);
            positions.put(partition, at);
            position.complete(at);
        } catch (RuntimeException e) {
            left(partition);
            position.completeExceptionally(e);
        }
    }

    private long position(TopicPartition partition) {
        while (true) {
            try {
                return kafka.position(partition, PATIENCE);
            } catch (WakeupException e) {
                // The wake-up belongs to a task that was added meanwhile and runs after this one.
            }
        }
    }

    private void left(TopicPartition partition) {
        if (followed.merge(partition, -1, Integer::sum) == 0) {
            followed.remove(partition);
            positions.remove(partition);
            kafka.assign(followed.keySet());
        }
    }

    private void read() {
        Duration pause = PAUSE;
        boolean anew = false;
        while (!stopped) {
            long began = System.nanoTime();
            turnedAt = began;
            try {
                if (anew) {
                    reopen();
                }
                poll();
            } catch (Throwable why) { // An Error, too, must not end the thread.
                LOG.errorf(why, "run events could not be read, the consumer is opened again");
                anew = true;
                boolean lasted = System.nanoTime() - began > STALLED.toNanos();
                pause = lasted ? PAUSE : longer(pause);
                pause(pause);
            }
        }
        kafka.close();
    }

    private static Duration longer(Duration pause) {
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }

    private void poll() {
        boolean failing = false;
        while (!stopped) {
            turnedAt = System.nanoTime();
            try {
                ConsumerRecords<String, byte[]> records = kafka.poll(POLL);
                polledAt = System.nanoTime();
                records.nextOffsets().forEach((p, next) -> positions.put(p, next.offset()));
                news.accept(records);
                failing = false;
            } catch (WakeupException e) {
                carryOut();
                polledAt = System.nanoTime();
            } catch (KafkaException e) {
                failing = failed(e, failing);
            }
        }
    }

    /** Opens a new consumer and continues at the positions of the old one. */
    private void reopen() {
        Consumer<String, byte[]> former = kafka;
        kafka = consumers.open(CLIENT);
        metrics.measure(kafka);
        try {
            former.close(CloseOptions.timeout(Duration.ZERO));
        } catch (RuntimeException e) {
            LOG.warnf("the former reader is not closed reason=%s", e.getMessage());
        }
        kafka.assign(followed.keySet());
        for (TopicPartition partition : followed.keySet()) {
            Long at = positions.get(partition);
            if (at == null) {
                kafka.seekToEnd(List.of(partition));
            } else {
                kafka.seek(partition, at);
            }
        }
        carryOut();
    }

    /**
     * Runs all tasks. A wake-up interrupts whichever consumer call comes first, possibly one made
     * for another task, so the number of wake-ups says nothing about the tasks that are left.
     */
    private void carryOut() {
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
    }

    private static boolean failed(KafkaException why, boolean failing) {
        if (!failing) {
            LOG.warnf("run events have to wait reason=%s", why.getMessage());
        }
        pause(PAUSE);
        return true;
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether events are read: the thread is alive and its polls return. */
    boolean isReading() {
        return isReadingAt(System.nanoTime());
    }

    /** The same at a moment of {@link System#nanoTime()}, if no poll returns until then. */
    boolean isReadingAt(long nanoTime) {
        return thread.isAlive() && nanoTime - polledAt < STALLED.toNanos();
    }

    /** Whether the thread goes on, be it that all it does fails. */
    boolean isTurning() {
        return isTurningAt(System.nanoTime());
    }

    boolean isTurningAt(long nanoTime) {
        return thread.isAlive() && nanoTime - turnedAt < STUCK.toNanos();
    }
}
