package dev.threadwell.api.stream;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.RequestEventLoop;
import dev.threadwell.api.http.WireVersion;
import dev.threadwell.api.stream.StreamMetrics.End;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.run.Run;
import dev.threadwell.topic.StreamEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of the server-sent events of one run. It subscribes to the run when it is
 * created and buffers events until the response begins. Then it writes them and all that follow,
 * until the run ends or requires action, or the client disconnects. Everything runs on the
 * request's event loop.
 */
public final class EventStream implements RunSubscriber {

    private static final Logger LOG = Logger.getLogger(EventStream.class);
    private static final int MAX_PENDING_BYTES = 1 << 20;
    private static final int MAX_PASSING_BYTES = MAX_PENDING_BYTES / 2;
    private static final int MAX_EARLY = 20_000;

    private final String runId;
    private final RunSubscriptions subscriptions;
    private final StreamRepair repair;
    private final StreamMetrics metrics;
    private final RoutingContext http;
    private final RequestEventLoop eventLoop;
    private final Duration grace;
    private final List<Runnable> early = new ArrayList<>();
    private final List<Runnable> onClose = new ArrayList<>();
    private EventFilter transcript = EventFilter.ofEvents(0, 0);
    private List<SseEvent> first = List.of();
    private @Nullable Run ended;
    private WireVersion.Events view = event -> event;
    private boolean withIds;
    private boolean passing;
    private boolean mending;
    private boolean over;
    private boolean begun;
    private boolean open;
    private boolean closed;
    private @Nullable Long endTimer;

    /**
     * @param grace how long the last events of the stream may arrive after the announcement of its
     *     end
     */
    EventStream(
            String runId,
            RunSubscriptions subscriptions,
            StreamRepair repair,
            StreamMetrics metrics,
            RoutingContext http,
            RequestEventLoop eventLoop,
            Duration grace) {
        this.runId = runId;
        this.subscriptions = subscriptions;
        this.repair = repair;
        this.metrics = metrics;
        this.http = http;
        this.eventLoop = eventLoop;
        this.grace = grace;
        subscriptions.add(runId, this);
        http.addEndHandler(over -> close(End.CLIENT_GONE));
    }

    /**
     * Sets the first events, and continues with those that follow a row with this version and
     * epoch.
     */
    public EventStream from(List<SseEvent> frames, int version, int epoch) {
        return from(frames, EventFilter.ofEvents(version, epoch));
    }

    EventStream from(List<SseEvent> frames, EventFilter next) {
        first = frames;
        transcript = next;
        return this;
    }

    /** Marks the stream as complete: the client has seen its last event already. */
    EventStream over() {
        first = List.of();
        over = true;
        return this;
    }

    /** Adds the ids of the events. */
    EventStream withIds() {
        withIds = true;
        return this;
    }

    /** Shows events in the client's version of the API. */
    EventStream shownAs(WireVersion.Events events) {
        view = events;
        return this;
    }

    String runId() {
        return runId;
    }

    /** Sets the run that has ended or requires action, in case no event says so; null if none. */
    EventStream endingWith(@Nullable Run run) {
        ended = run;
        return this;
    }

    void onClose(Runnable action) {
        if (closed) {
            action.run();
        } else {
            onClose.add(action);
        }
    }

    @Override
    public void streamed(List<StreamRecord> records) {
        eventLoop.execute(() -> records.forEach(this::streamed));
    }

    private void streamed(StreamRecord found) {
        if (!found.event().isPassing()) {
            heard(() -> forward(found));
        } else if (begun && !closed) {
            carryOut(() -> pass(found.event()));
        }
    }

    @Override
    public void announced(RunAnnouncement announcement) {
        eventLoop.execute(() -> heard(() -> follow(announcement)));
    }

    private void heard(Runnable news) {
        if (closed) {
            return;
        }
        if (begun) {
            carryOut(news);
        } else if (early.size() < MAX_EARLY) {
            early.add(news);
        } else {
            disconnect(End.NOT_BEGUN, "the answer did not begin");
        }
    }

    /**
     * Handles an event. One that cannot be shown ends the stream, so that the client does not wait.
     */
    private void carryOut(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "an event cannot be shown runId=%s", runId);
            disconnect(End.NOT_SHOWN, "an event cannot be shown");
        }
    }

    /** Begins the response. */
    void begin() {
        if (closed) {
            return;
        }
        open = true;
        metrics.begun();
        http.response()
                .setChunked(true)
                .setWriteQueueMaxSize(MAX_PENDING_BYTES)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        first.forEach(this::show);
        begun = true;
        if (over || !first.isEmpty() && first.getLast().last()) {
            done();
        }
        early.forEach(this::heard);
        early.clear();
        if (ended != null) {
            expectEnd(ended);
        }
    }

    private void forward(StreamRecord found) {
        SseEvent frame = mending ? null : transcript.of(found);
        if (frame != null) {
            write(frame);
        }
        if (ended != null && transcript.hasHole()) {
            mend(ended);
        }
    }

    private void follow(RunAnnouncement announcement) {
        if (!transcript.isNews(announcement)) {
            return;
        }
        Run run = announcement.run();
        if (transcript.showsStates()) {
            write(SseEvent.of(run));
        } else if (run.status().endsStream()) {
            ended = run;
            expectEnd(run);
        } else {
            ended = null;
            cancelTimer();
        }
    }

    /**
     * Waits for the last events, which follow the announcement of the end unless they were never
     * written or were lost. The stream is repaired when they do not arrive in time, or at once if
     * events before them are missing, because then no later event can be shown.
     */
    private void expectEnd(Run run) {
        cancelTimer();
        if (closed) {
            return;
        }
        if (transcript.hasHole()) {
            mend(run);
        } else {
            endTimer = eventLoop.after(grace.toMillis(), () -> heard(() -> mend(run)));
        }
    }

    /**
     * Completes the stream with the missing events. If they cannot be determined, the connection is
     * closed without an end, so that the client notices.
     */
    private void mend(Run run) {
        if (mending || closed) {
            return;
        }
        mending = true;
        cancelTimer();
        RunKey key = new RunKey(ApiRequest.of(http).project(), run.threadId(), runId);
        var _ =
                repair.rest(key, run, transcript)
                        .subscribe()
                        .with(
                                rest -> eventLoop.execute(() -> heard(() -> finish(rest))),
                                why -> eventLoop.execute(() -> breakOff(why)));
    }

    private void finish(List<SseEvent> rest) {
        LOG.infof("stream is completed from what is stored runId=%s events=%d", runId, rest.size());
        rest.forEach(this::write);
        if (!closed) {
            disconnect(End.NOT_REPAIRED, "its end is not known");
        }
    }

    private void breakOff(Throwable why) {
        if (!closed) {
            disconnect(End.NOT_REPAIRED, why.toString());
        }
    }

    private void cancelTimer() {
        if (endTimer != null) {
            eventLoop.cancel(endTimer);
            endTimer = null;
        }
    }

    private void write(SseEvent frame) {
        show(frame);
        if (frame.last()) {
            done();
        }
    }

    private void show(SseEvent frame) {
        metrics.event();
        write(frame.shown(view).bytes(withIds));
    }

    /** Writes each event on its own: some clients have lost events that arrived in one piece. */
    private void write(Buffer bytes) {
        HttpServerResponse response = http.response();
        if (closed || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            disconnect(End.CLIENT_TOO_SLOW, "the client reads too slowly");
        } else {
            response.write(bytes);
        }
    }

    /**
     * Shows a passing event, unless the client is slow or has not taken the one before yet. It has
     * room of its own, so that the events behind it find as much as without it.
     */
    private void pass(StreamEvent event) {
        HttpServerResponse response = http.response();
        if (passing || mending || ended != null || event.data().length > MAX_PASSING_BYTES) {
            return;
        }
        if (response.closed() || response.writeQueueFull() || !transcript.passes(event)) {
            return;
        }
        Buffer bytes = SseEvent.passing(event).shown(view).bytes(withIds);
        passing = true;
        response.setWriteQueueMaxSize(MAX_PENDING_BYTES + bytes.length());
        var _ = response.write(bytes).onComplete(_ -> eventLoop.execute(this::passed));
    }

    private void passed() {
        passing = false;
        if (!closed) {
            http.response().setWriteQueueMaxSize(MAX_PENDING_BYTES);
        }
    }

    private void done() {
        if (!closed) {
            write(SseEvent.DONE.bytes(withIds));
            End end = mending ? End.REPAIRED : End.COMPLETED;
            if (!closed) {
                close(end);
                http.response().end();
            }
        }
    }

    private void disconnect(End end, String why) {
        LOG.infof("stream is cut runId=%s reason=%s", runId, why);
        close(end);
        http.request().connection().close();
    }

    private void close(End end) {
        if (!closed) {
            closed = true;
            metrics.ended(end, open);
            subscriptions.remove(runId, this);
            cancelTimer();
            onClose.forEach(Runnable::run);
        }
    }
}
