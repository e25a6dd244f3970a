package dev.threadwell.api.stream;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.RequestEventLoop;
import dev.threadwell.persistence.run.RunRow;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens streams of runs, and continues them after replayed events. */
@ApplicationScoped
public class EventStreams {

    private static final String EVENT_IDS = "Threadwell-Event-Ids";

    private final RunSubscriptions subscriptions;
    private final RunEventConsumer consumer;
    private final Replay replay;
    private final StreamRepair repair;
    private final StreamMetrics metrics;
    private final Duration grace;

    @Inject
    EventStreams(
            RunSubscriptions subscriptions,
            RunEventConsumer consumer,
            Replay replay,
            StreamRepair repair,
            StreamMetrics metrics,
            StreamConfig config) {
        this.metrics = metrics;
        this.subscriptions = subscriptions;
        this.consumer = consumer;
        this.replay = replay;
        this.repair = repair;
        this.grace = config.grace();
    }

    /**
     * A stream that subscribes now, which may be before the run exists, and writes later. Its
     * events have ids only if the request or the project asks for them.
     */
    public EventStream open(RoutingContext http, String runId) {
        EventStream stream =
                new EventStream(
                        runId,
                        subscriptions,
                        repair,
                        metrics,
                        http,
                        RequestEventLoop.current(),
                        grace);
        return wantsIds(http) ? stream.withIds() : stream;
    }

    private static boolean wantsIds(RoutingContext http) {
        String said = http.request().getHeader(EVENT_IDS);
        return said == null
                ? ApiRequest.of(http).owner().eventIds()
                : "true".equalsIgnoreCase(said.strip());
    }

    /**
     * The partition of this node: workers write the events of a run to it, unless the run has a
     * partition already.
     */
    public int partition() {
        return consumer.partition();
    }

    /**
     * The stream of a run that continues: it shows these events first, and then those after the
     * row's epoch, whichever partition they are on.
     */
    public Uni<EventStream> goingOn(EventStream stream, RunRow row, List<SseEvent> frames) {
        Integer partition = row.stream();
        if (partition == null || partition == consumer.partition()) {
            return Uni.createFrom().item(stream.from(frames, row.version(), row.epoch()));
        }
        RequestEventLoop eventLoop = RequestEventLoop.current();
        return consumer.follow(partition)
                .emitOn(eventLoop)
                .invoke(until -> stream.onClose(() -> consumer.leave(partition)))
                .chain(
                        until ->
                                replay.since(
                                                row.run().id(),
                                                row.run().createdAt(),
                                                partition,
                                                until)
                                        .map(
                                                found ->
                                                        goingOn(
                                                                stream, row, frames, found,
                                                                partition, until)))
                .emitOn(eventLoop);
    }

    private static EventStream goingOn(
            EventStream stream,
            RunRow row,
            List<SseEvent> frames,
            Replay.Events found,
            int partition,
            long until) {
        EventFilter transcript =
                EventFilter.ofEvents(row.version(), row.epoch(), partition, until - 1);
        List<SseEvent> first = new ArrayList<>(frames);
        first.addAll(transcript.replay(found.records()));
        return stream.from(first, transcript);
    }
}
