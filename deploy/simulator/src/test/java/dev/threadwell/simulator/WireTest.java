package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WireTest {
    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    @Test
    void eachEventIsAChunkOfItsOwn() throws Exception {
        var chunks = read("{\"tokens\":3}");

        assertThat(chunks.texts())
                .hasSize(6)
                .allMatch(c -> c.startsWith("data: ") && c.endsWith("\n\n"));
    }

    @Test
    void multibyteCharactersAreSplitOverTwoChunks() throws Exception {
        var chunks = read("{\"say\":\"é世🙂\",\"split_utf8\":true}");

        assertThat(chunks.whole()).contains("é", "世", "🙂");
        for (String character : new String[] {"é", "世", "🙂"}) {
            byte first = character.getBytes(StandardCharsets.UTF_8)[0];
            assertThat(chunks.parts()).anyMatch(p -> p[p.length - 1] == first);
            assertThat(chunks.texts()).noneMatch(t -> t.contains(character));
        }
    }

    @Test
    void gluedEventsShareAChunk() throws Exception {
        var chunks = read("{\"tokens\":5,\"glue\":true}");

        assertThat(chunks.texts()).hasSize(4).allMatch(c -> c.split("data: ", -1).length == 3);
        assertThat(chunks.whole()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void linesCanEndInCrlf() throws Exception {
        var chunks = read("{\"tokens\":3,\"crlf\":true}");

        assertThat(chunks.texts()).allMatch(c -> c.endsWith("\r\n\r\n"));
        assertThat(chunks.whole().replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void commentsComeBetweenEvents() throws Exception {
        var chunks = read("{\"tokens\":3,\"comments\":true}");

        assertThat(chunks.texts()).allMatch(c -> c.startsWith(": ping\n\ndata: "));
    }

    @Test
    void shapesCombine() throws Exception {
        var chunks =
                read(
                        "{\"say\":\"世界\",\"split_utf8\":true,\"glue\":true,\"crlf\":true,"
                                + "\"comments\":true}");

        assertThat(Arrays.stream(chunks.whole().split("\r\n\r\n")))
                .filteredOn(e -> e.startsWith("data: "))
                .hasSize(5);
        assertThat(chunks.whole()).contains("世", "界");
    }

    @Test
    void aCutAppliesBetweenGluedEvents() throws Exception {
        try (Socket socket =
                simulator.ask(
                        Chat.simulate("{\"tokens\":9,\"glue\":true,\"cut_after\":4}")
                                .streaming())) {
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // The role's event and four tokens.
            assertThat(all.split("data: ", -1)).hasSize(6);
        }
    }

    private static HttpChunks read(String direction) throws Exception {
        try (Socket socket = simulator.ask(Chat.simulate(direction).streaming())) {
            return HttpChunks.read(socket.getInputStream());
        }
    }
}
