package dev.threadwell.api.stream;

import dev.threadwell.api.http.Call;
import dev.threadwell.api.http.EventLoop;
import dev.threadwell.api.http.Kind;
import dev.threadwell.api.thread.Threads;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunProgress;
import dev.threadwell.store.RunKey;
import dev.threadwell.store.RunRow;
import dev.threadwell.store.RunStore;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/threads/{thread_id}/runs/{run_id}/events}: takes a stream up again, on any node,
 * behind the event that {@code Last-Event-ID} names or from the run's beginning.
 */
@Path("/v1/threads/{thread}/runs/{id}/events")
@Cancellable(false)
public class EventsResource {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final RunStore runs;
    private final Threads threads;
    private final EventStreams streams;
    private final TopicTail tail;
    private final Replay replay;

    @Inject
    EventsResource(
            RunStore runs, Threads threads, EventStreams streams, TopicTail tail, Replay replay) {
        this.runs = runs;
        this.threads = threads;
        this.streams = streams;
        this.tail = tail;
        this.replay = replay;
    }

    /** The rest of a run's stream. */
    @GET
    public Uni<EventStream> events(
            @Context RoutingContext http, @RestPath String thread, @RestPath String id) {
        Call call = Call.of(http);
        RunKey key = new RunKey(call.project(), Kind.THREAD.id(thread), Kind.RUN.id(id));
        LastEventId last = lastEventId(call);
        EventStream stream = streams.open(http, id);
        EventLoop eventLoop = EventLoop.current();
        return runs.row(key)
                .chain(
                        row ->
                                row == null
                                        ? threads.missing(call.project(), thread, Kind.RUN, id)
                                        : resumed(stream, row, last, eventLoop));
    }

    private @Nullable LastEventId lastEventId(Call call) {
        String header = call.http().request().getHeader(LAST_EVENT_ID);
        String text = header == null ? call.query(LAST_EVENT_ID) : header;
        return text == null ? null : LastEventId.parse(text, tail.partitions());
    }

    private Uni<EventStream> resumed(
            EventStream stream, RunRow row, @Nullable LastEventId last, EventLoop eventLoop) {
        Integer partition = last == null ? row.stream() : Integer.valueOf(last.partition());
        if (partition == null) {
            return Uni.createFrom().item(states(stream, row));
        }
        return tail.follow(partition)
                .emitOn(eventLoop)
                .invoke(until -> stream.onClose(() -> tail.leave(partition)))
                .chain(until -> replayed(stream, row, partition, last, until))
                .emitOn(eventLoop);
    }

    private Uni<EventStream> replayed(
            EventStream stream, RunRow row, int partition, @Nullable LastEventId last, long until) {
        Run run = row.run();
        return last == null
                ? replay.since(run.id(), run.createdAt(), partition, until)
                        .map(found -> from(stream, row, beginning(run), partition, until, found))
                : replay.after(run.id(), last, until)
                        .map(found -> from(stream, row, List.of(), partition, until, found));
    }

    /** The events that the API itself wrote when the run was created. */
    private static List<Frame> beginning(Run run) {
        Run queued = run.with(RunProgress.queued(run.createdAt() + Run.LIFETIME_SECONDS));
        return List.of(Frame.of("thread.run.created", queued), Frame.of(queued));
    }

    private static EventStream from(
            EventStream stream,
            RunRow row,
            List<Frame> beginning,
            int partition,
            long until,
            Replay.Events found) {
        if (!found.complete()) {
            return states(stream, row);
        }
        StreamRecord seen = found.seen();
        int epoch = seen == null ? 0 : seen.event().epoch();
        Transcript transcript = Transcript.resumed(row.version(), epoch, partition, until - 1);
        List<Frame> frames = new ArrayList<>(beginning);
        frames.addAll(transcript.replay(found.records()));
        boolean over = frames.isEmpty() && seen != null && Frame.of(seen).last();
        Run ended = row.run().status().endsStream() ? row.run() : null;
        return over ? stream.over() : stream.from(frames, transcript).endingWith(ended);
    }

    private static EventStream states(EventStream stream, RunRow row) {
        return stream.from(List.of(Frame.of(row.run())), Transcript.ofStates(row.version()));
    }
}
