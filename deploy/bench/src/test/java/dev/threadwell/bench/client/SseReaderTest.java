package dev.threadwell.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {

    private static final String STREAM =
            """
            event: thread.run.created
            data: {"id":"run_1"}

            : ping

            event: thread.message.delta
            data: {"value":"世界"}

            data: [DONE]

            """;

    private static final List<String> EVENTS =
            List.of(
                    "thread.run.created {\"id\":\"run_1\"}",
                    "thread.message.delta {\"value\":\"世界\"}",
                    " [DONE]");

    private final List<String> heard = new ArrayList<>();
    private final SseReader reader =
            new SseReader((event, data, nanos) -> heard.add(event + " " + data));

    @Test
    void anEventEndsAtItsEmptyLine() {
        reader.read(Buffer.buffer(STREAM));

        assertThat(heard).isEqualTo(EVENTS);
    }

    @Test
    void theStreamMayBeCutAfterEachByte() {
        for (byte b : Buffer.buffer(STREAM).getBytes()) {
            reader.read(Buffer.buffer().appendByte(b));
        }

        assertThat(heard).isEqualTo(EVENTS);
    }

    @Test
    void linesMayEndAsOnWindows() {
        reader.read(Buffer.buffer(STREAM.replace("\n", "\r\n")));

        assertThat(heard).isEqualTo(EVENTS);
    }

    @Test
    void anUnfinishedEventIsNotHeard() {
        reader.read(Buffer.buffer("event: a\ndata: 1\n"));

        assertThat(heard).isEmpty();
    }
}
