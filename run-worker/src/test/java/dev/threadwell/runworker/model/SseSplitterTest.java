package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The events do not depend on how their bytes are split. */
class SseSplitterTest {

    private static final String STREAM =
            """
            : ping
            data: {"text":"Ebbe 🌊 und Flut"}

            event: chunk
            id: 7
            data:{"text":"没有空格"}

            data

            data: [DONE]

            """;

    private static final List<String> EVENTS =
            List.of("{\"text\":\"Ebbe 🌊 und Flut\"}", "{\"text\":\"没有空格\"}", "[DONE]");

    private final List<String> events = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final SseSplitter splitter = splitter();

    private SseSplitter splitter() {
        return new SseSplitter(
                1_000,
                new SseSplitter.Events() {
                    @Override
                    public void data(String name, byte[] value) {
                        names.add(name);
                        events.add(new String(value, StandardCharsets.UTF_8));
                    }

                    @Override
                    public void endOfEvent() {}
                });
    }

    private static boolean feed(SseSplitter to, byte[] bytes, int from, int until) {
        return to.feed(Buffer.buffer().appendBytes(bytes, from, until - from));
    }

    private boolean feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return feed(splitter, bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aStreamMayBeCutAnywhere(String lineEnd) {
        byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                events.clear();
                SseSplitter fresh = splitter();
                feed(fresh, bytes, 0, first);
                feed(fresh, bytes, first, second);
                feed(fresh, bytes, second, bytes.length);

                assertThat(events).as("cut at %d and %d", first, second).isEqualTo(EVENTS);
            }
        }
    }

    @Test
    void severalEventsMayShareAChunk() {
        feed("data: a\n\ndata: b\n\ndata: c\n\n");

        assertThat(events).containsExactly("a", "b", "c");
    }

    @Test
    void anEventIsThereWithTheEndOfItsLine() {
        feed("data: a");
        assertThat(events).isEmpty();

        feed("\n");
        assertThat(events).containsExactly("a");
    }

    @Test
    void anEventsNameIsTheNameOfItsDataAndOfNoOther() {
        feed("event: error\ndata: a\n\ndata: b\n\n");

        assertThat(names).containsExactly("error", "");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        feed("data: a\n\ndata: b");
        splitter.end();

        assertThat(events).containsExactly("a", "b");
    }

    @Test
    void onlyTheFirstSpaceIsNotData() {
        feed("data:  a \n\n");

        assertThat(events).containsExactly(" a ");
    }

    @Test
    void aLineBeyondReasonIsReported() {
        assertThat(feed("data: " + "x".repeat(994))).isTrue();
        assertThat(feed("x")).isFalse();
    }
}
