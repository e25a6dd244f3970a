package dev.threadwell.api.stream;

import dev.threadwell.platform.metrics.LabelValues;
import dev.threadwell.platform.metrics.LabelledCounters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** The metrics of the streams of clients, and of the consumer that feeds them. */
@Startup
@ApplicationScoped
class StreamMetrics {

    /** How a stream has ended. */
    enum End {
        /** With its last event. */
        COMPLETED,
        /** With its last event, after missing ones were computed from what is stored. */
        REPAIRED,
        /** The client has closed the connection, or the node has stopped. */
        CLIENT_GONE,
        /** The client reads too slowly; the connection was closed. */
        CLIENT_TOO_SLOW,
        /** The answer did not begin before too many events had come; broken off. */
        NOT_BEGUN,
        /** An event could not be shown; broken off. */
        NOT_SHOWN,
        /** Missing events could not be computed; broken off. */
        NOT_REPAIRED;

        private final String label = name().toLowerCase(Locale.ROOT);
    }

    private static final String COMPLETE = "complete";
    private static final String INCOMPLETE = "incomplete";
    private static final String FAILED = "failed";

    private final MeterRegistry registry;
    private final AtomicInteger open = new AtomicInteger();
    private final LabelledCounters ended;
    private final LabelledCounters replays;
    private final Counter events;
    private @Nullable KafkaClientMetrics consumer;

    @Inject
    StreamMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("threadwell.streams.open", open, AtomicInteger::get)
                .description("Streams that clients of this node read.")
                .register(registry);
        ended =
                LabelledCounters.register(
                        registry,
                        "threadwell.streams.ended",
                        "Streams that have ended, by how.",
                        "outcome",
                        LabelValues.of(Stream.of(End.values()).map(end -> end.label).toList()));
        replays =
                LabelledCounters.register(
                        registry,
                        "threadwell.stream.replays",
                        "Readings of past events, for streams that were taken up or repaired.",
                        "result",
                        LabelValues.of(List.of(COMPLETE, INCOMPLETE, FAILED)));
        events =
                Counter.builder("threadwell.stream.events")
                        .description("Events written to clients.")
                        .register(registry);
    }

    void begun() {
        open.incrementAndGet();
    }

    void event() {
        events.increment();
    }

    /** Counts the end of a stream; one that never began only counts if it was broken off. */
    void ended(End end, boolean wasOpen) {
        if (wasOpen) {
            open.decrementAndGet();
        }
        if (wasOpen || end != End.CLIENT_GONE) {
            ended.count(end.label);
        }
    }

    void replayed(Replay.@Nullable Events found) {
        replays.count(found == null ? FAILED : found.complete() ? COMPLETE : INCOMPLETE);
    }

    /** Measures this consumer, and the former one no more. */
    synchronized void measure(Consumer<?, ?> kafka) {
        if (consumer != null) {
            consumer.close();
        }
        consumer = new KafkaClientMetrics(kafka);
        consumer.bindTo(registry);
    }
}
