package dev.threadwell.simulator.stream;

import dev.threadwell.simulator.direction.Fault;
import dev.threadwell.simulator.direction.Pace;
import dev.threadwell.simulator.direction.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Sends an answer as server-sent events, each token when it is due, with back-pressure from the
 * client.
 */
final class StreamedPerformance extends Performance {
    /**
     * The number of events that a stream may write before it yields to other streams of the event
     * loop.
     */
    private static final int BURST = 32;

    private static final long HALF_A_TIMER_TICK = 500_000;

    private final Chunks chunks;
    private final Pace pace;
    private final Wire wire;
    private final int tokensBeforeFault;
    private Stage stage = Stage.ROLE;
    private int sent;
    private long due;

    private enum Stage {
        ROLE,
        TOKENS,
        USAGE,
        DONE,
        NOTHING
    }

    StreamedPerformance(
            Vertx vertx, HttpServerRequest request, Completion completion, Progress progress) {
        super(vertx, request, completion, progress);
        this.chunks = new Chunks(completion);
        this.pace = completion.direction().pace();
        this.wire = completion.direction().wire();
        this.tokensBeforeFault = completion.tokensBeforeFault();
    }

    @Override
    void play() {
        response.setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-cache");
        due = System.nanoTime() + pace.firstTokenNanos();
        after(pace.firstTokenNanos(), this::advance);
    }

    private void advance() {
        for (int i = 0; i < BURST; i++) {
            if (faultIsDue()) {
                fail();
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(_ -> resume());
                return;
            }
            long wait = due - System.nanoTime();
            if (isPaced() && wait > HALF_A_TIMER_TICK) {
                after(wait, this::advance);
                return;
            }
            write();
            if (isOver()) {
                return;
            }
        }
        after(0, this::advance);
    }

    /**
     * Continues when the client reads again. The schedule is shifted by the delay, so that a slow
     * reader does not receive the missed tokens in a burst.
     */
    private void resume() {
        response.drainHandler(null);
        if (!isOver()) {
            due = Math.max(due, System.nanoTime());
            advance();
        }
    }

    private void write() {
        Buffer events = next();
        if (wire.glue() && stage != Stage.NOTHING && !faultIsDue()) {
            events = Buffer.buffer().appendBuffer(events).appendBuffer(next());
        }
        if (wire.splitUtf8()) {
            MultibyteSplit.of(events).forEach(response::write);
        } else if (events.length() > 0) {
            response.write(events);
        }
        if (stage == Stage.NOTHING) {
            finish();
            response.end();
        }
    }

    private Buffer next() {
        return switch (stage) {
            case ROLE -> {
                stage = Stage.TOKENS;
                yield chunks.role();
            }
            case TOKENS -> sent < completion.answer().tokens() ? nextToken() : finishReason();
            case USAGE -> {
                stage = Stage.DONE;
                yield chunks.usage(completion.answer().usage());
            }
            case DONE -> {
                stage = Stage.NOTHING;
                yield wire.noDone() ? Buffer.buffer() : chunks.done();
            }
            case NOTHING -> throw new IllegalStateException("The stream has ended.");
        };
    }

    private Buffer nextToken() {
        due += pace.gapNanos();
        progress.sent(1);
        return chunks.token(completion.answer().token(sent++));
    }

    private Buffer finishReason() {
        stage = completion.request().includeUsage() ? Stage.USAGE : Stage.DONE;
        if (wire.noFinish()) {
            return next();
        }
        return chunks.finish(completion.answer().finish());
    }

    /** Only tokens are paced; the final events follow the last token at once. */
    private boolean isPaced() {
        return stage == Stage.ROLE
                || (stage == Stage.TOKENS && sent < completion.answer().tokens());
    }

    private boolean faultIsDue() {
        return stage != Stage.ROLE && sent == tokensBeforeFault;
    }

    /** A hanging stream does nothing more; only its client ends it. */
    private void fail() {
        if (completion.fault() instanceof Fault.CutAfter) {
            cut();
        }
    }
}
