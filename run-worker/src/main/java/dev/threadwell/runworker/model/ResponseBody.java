package dev.threadwell.runworker.model;

import dev.threadwell.runworker.turn.ModelEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of a response with a success status. It should be a stream of server-sent events,
 * independent of its content type; it can also be one or several JSON values, or an HTML page.
 */
final class ResponseBody implements SseSplitter.Events {

    private static final int LONGEST_LINE = 4 * 1024 * 1024;
    private static final int LONGEST_WHOLE = 16 * 1024 * 1024;

    /** About five hundred thousand events, more than any model sends. */
    private static final long LONGEST_BODY = 128L * 1024 * 1024;

    private static final int BOM = '\uFEFF';

    /** Receives the content of the body. */
    interface Listener {

        /** The next events of the answer; returns false if no more are wanted. */
        boolean heard(List<ModelEvent> events, int attempt);

        /** The answer has ended. */
        void ended(List<ModelEvent> ofTheWhole, int attempt);

        /** The provider reports an error. */
        void reported(ProviderError error, byte[] raw, MultiMap headers, int attempt);

        /** The attempt has failed, before or after the first event. */
        void failed(ModelFailure failure, int attempt);
    }

    private enum Form {
        UNKNOWN,
        EVENTS,
        JSON
    }

    private final Listener listener;
    private final int attempt;
    private final MultiMap headers;
    private final ResponseReader reader = new ResponseReader();
    private final SseSplitter splitter = new SseSplitter(LONGEST_LINE, this);
    private Buffer collected = Buffer.buffer();
    private Form form = Form.UNKNOWN;
    private boolean over;
    private long bytes;

    /**
     * @param attempt the number of the attempt, for the listener
     */
    ResponseBody(Listener listener, int attempt, MultiMap headers) {
        this.listener = listener;
        this.attempt = attempt;
        this.headers = headers;
    }

    void take(Buffer chunk) {
        bytes += chunk.length();
        if (over) {
            return;
        }
        if (bytes > LONGEST_BODY) {
            fail(ModelFailure.tooLong());
            return;
        }
        switch (form) {
            case EVENTS -> feed(chunk);
            case JSON -> collect(chunk);
            case UNKNOWN -> {
                collect(chunk);
                findForm();
            }
        }
    }

    private void collect(Buffer chunk) {
        collected.appendBuffer(chunk);
        if (collected.length() > LONGEST_WHOLE) {
            fail(ModelFailure.tooLong());
        }
    }

    /**
     * Detects the format: JSON begins with a bracket, the first line of an event stream with a
     * field name or a colon.
     */
    private void findForm() {
        int start = 0;
        byte[] begun = collected.getBytes();
        if (begun.length >= 3 && new String(begun, 0, 3, StandardCharsets.UTF_8).charAt(0) == BOM) {
            start = 3;
        }
        int first = start;
        while (first < begun.length && begun[first] <= ' ' && begun[first] >= 0) {
            first++;
        }
        if (first == begun.length) {
            return;
        }
        if (begun[first] == '{' || begun[first] == '[') {
            form = Form.JSON;
            collected = collected.getBuffer(first, begun.length);
        } else {
            form = Form.EVENTS;
            Buffer events = collected.getBuffer(start, begun.length);
            collected = Buffer.buffer();
            feed(events);
        }
    }

    private void feed(Buffer chunk) {
        if (!splitter.feed(chunk) && !over) {
            fail(ModelFailure.tooLong());
        }
    }

    /** The response has ended without an error. */
    void end() {
        if (form == Form.JSON) {
            read(collected.getBytes(), () -> reader.whole(collected.getBytes()));
        } else {
            splitter.end();
        }
        conclude();
    }

    @Override
    public void data(String name, byte[] value) {
        read(value, () -> reader.data(name, value));
        if (reader.isDone()) {
            conclude();
        }
    }

    @Override
    public void endOfEvent() {
        read(
                new byte[0],
                () -> {
                    reader.endOfEvent();
                    return List.of();
                });
    }

    private interface Reading {

        List<ModelEvent> events() throws IOException;
    }

    private void read(byte[] raw, Reading reading) {
        if (over) {
            return;
        }
        try {
            over = !listener.heard(reading.events(), attempt);
        } catch (ResponseReader.Reported e) {
            over = true;
            listener.reported(e.error(), raw, headers, attempt);
        } catch (ResponseReader.TooLong e) {
            fail(ModelFailure.tooLong());
        } catch (IOException e) {
            fail(ModelFailure.unreadable());
        }
    }

    private void conclude() {
        if (over) {
            return;
        }
        over = true;
        if (reader.isAnswer()) {
            listener.ended(reader.end(), attempt);
        } else {
            listener.failed(ModelFailure.empty(), attempt);
        }
    }

    private void fail(ModelFailure failure) {
        over = true;
        listener.failed(failure, attempt);
    }
}
