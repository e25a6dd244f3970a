package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search engine and the web that the simulator plays. */
class SimulatedWebTest {

    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static final String SCHEMA =
            "{\"type\":\"object\",\"required\":[\"query\"],"
                    + "\"properties\":{\"query\":{\"type\":\"string\"}}}";

    @Test
    void itIsASearxngInstance() throws Exception {
        var answer = simulator.get("/search?q=tide&format=json");

        assertThat(answer.json().at("/results/0/title").asText()).isEqualTo("Tide table of Brest");
        assertThat(simulator.get(path(answer.json().at("/results/0/url").asText())).text())
                .contains("Low water is tomorrow at 06:42");
        assertThat(simulator.get("/search?q=tide").status()).isEqualTo(403);
        assertThat(simulator.get("/search?q=tide&format=json&pageno=2").json().path("results"))
                .isEmpty();
    }

    private static String path(String url) {
        return URI.create(url).getPath();
    }

    @Test
    void itIsTavily() throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + simulator.port() + "/search"))
                        .header("Authorization", "Bearer tvly")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"tide\"}"))
                        .build();

        var answer = simulator.client().send(request, BodyHandlers.ofString());

        assertThat(Chat.json(answer.body()).at("/results/1/content").asText())
                .contains("The ferry leaves Brest");
        assertThat(simulator.post("/search", "{\"query\":\"tide\"}").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "hostile", "outage"})
    void wordsChooseWhatIsFound(String word) throws Exception {
        var answer = simulator.get("/search?q=" + word + "&format=json");

        switch (word) {
            case "nothing" -> assertThat(answer.json().path("results")).isEmpty();
            case "hostile" -> assertThat(answer.json().path("results")).hasSizeGreaterThan(5);
            default -> assertThat(answer.status()).isEqualTo(503);
        }
    }

    @Test
    void anEndlessPageHasAHundredMegabytes() throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/pages/endless.html"
                                                .formatted(simulator.port())))
                        .build();

        try (var body = simulator.client().send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(body.skip(100_000_000)).isEqualTo(100_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is the tide tomorrow?", "Search the web", "今天有什么新闻"})
    void theSimulatedModelSearchesForWhatTheWebKnows(String said) throws Exception {
        var chat = Chat.user(said).offering("web_search", "Searches the web.", SCHEMA);

        var call = simulator.complete(chat).message().at("/tool_calls/0/function");

        assertThat(call.path("name").asText()).isEqualTo("web_search");
        assertThat(Chat.json(call.path("arguments").asText()).path("query").asText())
                .isEqualTo(said);
    }

    @Test
    void itCitesWhatWasFoundAndDoesNotSearchAgain() throws Exception {
        var chat =
                Chat.user("What is the tide tomorrow?")
                        .calling("call_1", "web_search")
                        .output("call_1", "Found.\n\n【4:0†tides.example】\n> Tides\n> Low at six.\n")
                        .offering("web_search", "Searches the web.", SCHEMA);

        assertThat(simulator.complete(chat).message().has("tool_calls")).isFalse();
        assertThat(simulator.complete(chat).content())
                .contains("Low at six.\"【4:0†tides.example】.");
    }
}
