package dev.threadwell.api.stream;

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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads the ends of topics on one thread: all of {@code run.announced}, the partition of {@code
 * run.stream} that is this node's own, and others for as long as a client of this node needs them.
 *
 * <p>Partitions are assigned by hand. Every node reads on its own, so there is no group to join, no
 * rebalance to wait for and nothing to commit, and the position is known before the first client.
 */
@ApplicationScoped
public class TopicTail {

    private static final Logger LOG = Logger.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final StreamConsumers consumers;
    private final OnRunNews news;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, Integer> followed = new HashMap<>();
    private final Thread thread = new Thread(this::read, "run-news");
    private final CompletableFuture<Integer> own = new CompletableFuture<>();
    private KafkaConsumer<String, byte[]> kafka;
    private volatile boolean stopped;
    private volatile int partitions;

    @Inject
    @SuppressWarnings("NullAway.Init") // the consumer belongs to the start
    public TopicTail(StreamConsumers consumers, OnRunNews news) {
        this.consumers = consumers;
        this.news = news;
    }

    void start(@Observes StartupEvent event) {
        kafka = consumers.open();
        partitions = kafka.partitionsFor(Topics.RUN_STREAM).size();
        int chosen = ThreadLocalRandom.current().nextInt(partitions);
        kafka.partitionsFor(Topics.RUN_ANNOUNCED)
                .forEach(p -> followed.put(new TopicPartition(p.topic(), p.partition()), 1));
        followed.put(new TopicPartition(Topics.RUN_STREAM, chosen), 1);
        kafka.assign(followed.keySet());
        kafka.seekToEnd(followed.keySet());
        followed.keySet().forEach(kafka::position);
        own.complete(chosen);
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        kafka.wakeup();
        thread.join(PATIENCE);
    }

    /** The partition of {@code run.stream} that workers are to write to for this node's clients. */
    public int partition() {
        return own.join();
    }

    int partitions() {
        return partitions;
    }

    /**
     * Follows a partition until {@link #leave}.
     *
     * @return the offset from which on listeners hear of everything
     */
    Uni<Long> follow(int partition) {
        CompletableFuture<Long> position = new CompletableFuture<>();
        order(() -> followed(new TopicPartition(Topics.RUN_STREAM, partition), position));
        return Uni.createFrom().completionStage(position);
    }

    void leave(int partition) {
        order(() -> left(new TopicPartition(Topics.RUN_STREAM, partition)));
    }

    private void order(Runnable order) {
        orders.add(order);
        kafka.wakeup();
    }

    private void followed(TopicPartition partition, CompletableFuture<Long> position) {
        try {
            if (followed.merge(partition, 1, Integer::sum) == 1) {
                kafka.assign(followed.keySet());
                kafka.seekToEnd(List.of(partition));
            }
            position.complete(position(partition));
        } catch (KafkaException e) {
            left(partition);
            position.completeExceptionally(e);
        }
    }

    private long position(TopicPartition partition) {
        while (true) {
            try {
                return kafka.position(partition, PATIENCE);
            } catch (WakeupException e) {
                // It is for an order that came meanwhile, and that is carried out next.
            }
        }
    }

    private void left(TopicPartition partition) {
        if (followed.merge(partition, -1, Integer::sum) == 0) {
            followed.remove(partition);
            kafka.assign(followed.keySet());
        }
    }

    private void read() {
        boolean failing = false;
        while (!stopped) {
            try {
                news.accept(kafka.poll(POLL));
                failing = false;
            } catch (WakeupException e) {
                carryOut();
            } catch (KafkaException e) {
                failing = failed(e, failing);
            }
        }
        kafka.close();
    }

    /**
     * A wake-up is spent on the first call that can be woken, which may be made for another order;
     * so this goes on until there is none.
     */
    private void carryOut() {
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
    }

    private static boolean failed(KafkaException why, boolean failing) {
        if (!failing) {
            LOG.warnf("news of runs have to wait reason=%s", why.getMessage());
        }
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
