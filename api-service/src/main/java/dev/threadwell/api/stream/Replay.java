package dev.threadwell.api.stream;

import dev.threadwell.platform.kafka.ConsumerFactory;
import dev.threadwell.platform.kafka.RunStreamReader;
import dev.threadwell.platform.kafka.RunStreamReader.Found;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.StreamEventName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the past events of a run for its clients, with a limited number of readers at a time. */
@ApplicationScoped
class Replay {

    private static final int READERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RunStreamReader reader;
    private final StreamMetrics metrics;
    private final Semaphore readers = new Semaphore(READERS);

    @Inject
    Replay(ConsumerFactory consumers, StreamMetrics metrics) {
        this.metrics = metrics;
        this.reader = new RunStreamReader(consumers::open, PATIENCE);
    }

    /**
     * The events found.
     *
     * @param seen the event that the client has seen last; null if it was not asked for or is gone
     * @param complete whether no event is missing between that event, or the run's start, and these
     */
    record Events(@Nullable StreamRecord seen, List<StreamRecord> records, boolean complete) {

        private static final Events INCOMPLETE = new Events(null, List.of(), false);
    }

    /** The events after the one that the client has seen last, up to an offset. */
    Uni<Events> after(String runId, LastEventId last, long until) {
        return onVirtualThread(
                () ->
                        switch (reader.from(runId, last.partition(), last.offset(), until)) {
                            case Found.Events(var found) -> after(last, found);
                            case Found.Gone _, Found.TooMany _ -> Events.INCOMPLETE;
                        });
    }

    private static Events after(LastEventId last, List<StreamRecord> found) {
        boolean first = !found.isEmpty() && found.getFirst().offset() == last.offset();
        return first
                ? new Events(found.getFirst(), found.subList(1, found.size()), true)
                : new Events(null, found, true);
    }

    /**
     * The events of a run since its creation, up to an offset; up to the end of the partition if
     * the offset lies beyond it.
     */
    Uni<Events> since(String runId, long createdAt, int partition, long until) {
        return onVirtualThread(
                () ->
                        switch (reader.since(runId, createdAt, partition, until)) {
                            case Found.Events(var found) -> new Events(null, found, begins(found));
                            case Found.Gone _, Found.TooMany _ -> Events.INCOMPLETE;
                        });
    }

    /**
     * Whether the events begin with the first one of an epoch: it has the number 0 or, in streams
     * without numbers, is an event of the run itself.
     */
    private static boolean begins(List<StreamRecord> found) {
        if (found.isEmpty()) {
            return true;
        }
        StreamEvent first = found.getFirst().event();
        StreamEventName name = first.known();
        return first.isNumbered() ? first.index() == 0 : name != null && name.showsRun();
    }

    private Uni<Events> onVirtualThread(Supplier<Events> reading) {
        CompletableFuture<Events> found = new CompletableFuture<>();
        Thread.ofVirtual().name("replay").start(() -> complete(found, reading));
        return Uni.createFrom()
                .completionStage(found.whenComplete((events, _) -> metrics.replayed(events)));
    }

    private void complete(CompletableFuture<Events> found, Supplier<Events> reading) {
        try {
            readers.acquire();
            try {
                found.complete(reading.get());
            } finally {
                readers.release();
            }
        } catch (InterruptedException | RuntimeException e) {
            found.completeExceptionally(e);
        }
    }
}
