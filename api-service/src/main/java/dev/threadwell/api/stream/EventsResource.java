package dev.threadwell.api.stream;

import com.fasterxml.jackson.databind.node.LongNode;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.RequestEventLoop;
import dev.threadwell.api.idempotency.IdempotencyFilter;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.thread.ThreadChecks;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.api.validation.Rules;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.run.StepStore;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.run.Run;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/threads/{thread_id}/runs/{run_id}/events}: resumes a stream, on any node: after
 * the event that {@code Last-Event-ID} names, after the first {@code starting_after} events, or
 * from the beginning of the run.
 */
@Path("/v1/threads/{thread}/runs/{id}/events")
@Beta("assistants=v2")
@Cancellable(false)
public class EventsResource {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String STARTING_AFTER = "starting_after";
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

    private final RunStore runs;
    private final StepStore steps;
    private final ThreadChecks threads;
    private final EventStreams streams;
    private final RunEventConsumer consumer;
    private final Replay replay;

    @Inject
    EventsResource(
            RunStore runs,
            StepStore steps,
            ThreadChecks threads,
            EventStreams streams,
            RunEventConsumer consumer,
            Replay replay) {
        this.runs = runs;
        this.steps = steps;
        this.threads = threads;
        this.streams = streams;
        this.consumer = consumer;
        this.replay = replay;
    }

    /** The rest of a run's stream. */
    @GET
    public Uni<EventStream> events(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        RunKey key =
                new RunKey(request.project(), ObjectKind.THREAD.id(thread), ObjectKind.RUN.id(id));
        LastEventId last = lastEventId(request);
        long after = last == null ? startingAfter(request) : 0;
        EventStream stream = streams.open(http, id);
        if (!IdempotencyFilter.isRepetition(http)) {
            stream.withIds();
        }
        RequestEventLoop eventLoop = RequestEventLoop.current();
        return runs.row(key)
                .chain(
                        row ->
                                row == null
                                        ? threads.missing(
                                                request.project(), thread, ObjectKind.RUN, id)
                                        : resumed(stream, row, last, after, eventLoop));
    }

    private @Nullable LastEventId lastEventId(ApiRequest request) {
        String header = request.http().request().getHeader(LAST_EVENT_ID);
        String text = header == null ? request.query(LAST_EVENT_ID) : header;
        return text == null ? null : LastEventId.parse(text, consumer.partitions());
    }

    /** The number of the run's events that the client has seen, not counting {@code done}. */
    private static long startingAfter(ApiRequest request) {
        String text = request.query(STARTING_AFTER);
        if (text == null) {
            return 0;
        }
        if (!INTEGER.matcher(text).matches()) {
            throw ValidationErrors.type(STARTING_AFTER, "an integer", "a string");
        }
        long count = Long.parseLong(text);
        atMost(Long.MAX_VALUE, count);
        return count;
    }

    private static void atMost(long known, long count) {
        Rules.between(0, known).check(Rule.Pass.INVALID, STARTING_AFTER, LongNode.valueOf(count));
    }

    private Uni<EventStream> resumed(
            EventStream stream,
            RunRow row,
            @Nullable LastEventId last,
            long after,
            RequestEventLoop eventLoop) {
        Integer partition = last == null ? row.stream() : Integer.valueOf(last.partition());
        if (partition == null) {
            return Uni.createFrom().item(states(stream, row));
        }
        return consumer.follow(partition)
                .emitOn(eventLoop)
                .invoke(until -> stream.onClose(() -> consumer.leave(partition)))
                .chain(
                        until ->
                                last == null
                                        ? whole(stream, row, partition, after, until)
                                        : behind(stream, row, last, until))
                .emitOn(eventLoop);
    }

    private Uni<EventStream> behind(EventStream stream, RunRow row, LastEventId last, long until) {
        return replay.after(row.run().id(), last, until)
                .map(
                        found ->
                                found.complete()
                                        ? behind(stream, row, last, until, found)
                                        : states(stream, row));
    }

    private static EventStream behind(
            EventStream stream, RunRow row, LastEventId last, long until, Replay.Events found) {
        StreamRecord seen = found.seen();
        EventFilter transcript =
                EventFilter.resumed(
                        row.version(), seen, last.offset(), last.partition(), until - 1);
        List<SseEvent> frames = transcript.replay(found.records());
        boolean over = frames.isEmpty() && seen != null && SseEvent.of(seen).last();
        return over ? stream.over() : goingOn(stream, row, frames, transcript);
    }

    private Uni<EventStream> whole(
            EventStream stream, RunRow row, int partition, long after, long until) {
        Run run = row.run();
        return replay.since(run.id(), run.createdAt(), partition, until)
                .chain(
                        found ->
                                found.complete()
                                        ? whole(stream, row, partition, after, until, found)
                                        : Uni.createFrom().item(states(stream, row)));
    }

    private Uni<EventStream> whole(
            EventStream stream,
            RunRow row,
            int partition,
            long after,
            long until,
            Replay.Events found) {
        EventFilter transcript = EventFilter.ofWhole(row.version(), partition, until - 1);
        return runs.threadCreatedWith(row.key())
                .chain(
                        thread ->
                                steps.all(row.run().id())
                                        .map(
                                                all ->
                                                        RunHistory.of(
                                                                row,
                                                                thread,
                                                                all,
                                                                found.records(),
                                                                transcript)))
                .map(history -> whole(stream, row, history.frames(), after, transcript));
    }

    private static EventStream whole(
            EventStream stream,
            RunRow row,
            List<SseEvent> frames,
            long after,
            EventFilter transcript) {
        atMost(frames.size(), after);
        List<SseEvent> rest = frames.subList((int) after, frames.size());
        return rest.isEmpty() && frames.getLast().last()
                ? stream.over()
                : goingOn(stream, row, rest, transcript);
    }

    private static EventStream goingOn(
            EventStream stream, RunRow row, List<SseEvent> frames, EventFilter transcript) {
        Run ended = row.run().status().endsStream() ? row.run() : null;
        return stream.from(frames, transcript).endingWith(ended);
    }

    private static EventStream states(EventStream stream, RunRow row) {
        return stream.from(List.of(SseEvent.of(row.run())), EventFilter.ofStates(row.version()));
    }
}
