package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The search in the web, from the model's call to the citation in its answer. */
@OnInstallation
class WebSearchFlowTest {

    private static final String MARKER = "【4:0†127.0.0.1】";

    private final Installation installation;
    private final Client client;

    WebSearchFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client().withWebSearch(Map.of());
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    /** Searches for this and then cites the first result. */
    private static String searching(String query) {
        return simulate(
                "{'calls':[{'name':'web_search','arguments':{'query':'%s'}}],'then':{'say':'Low%s.'}}"
                        .formatted(query, MARKER));
    }

    /** What the model was told last by those who asked this. */
    private String told(String question) {
        JsonNode messages = installation.model().lastRequest(question).path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        assertThat(last.path("role").asText()).isEqualTo("tool");
        return last.path("content").asText();
    }

    private static JsonNode text(JsonNode message) {
        return message.at("/content/0/text");
    }

    private Http versionOne() {
        Http node = installation.node(0);
        return new Http(node.base(), node.key(), Map.of("OpenAI-Beta", "assistants=v1"));
    }

    @Test
    void whatIsFoundIsReadAndCitedInTheStreamAndInTheMessage() {
        String question = "What is the tide in Brest tomorrow?";

        var run = client.streams(question);

        run.becomes(COMPLETED).streamedWhatIsStored();
        JsonNode text = text(run.messages().getLast());
        JsonNode annotation = text.at("/annotations/0");
        assertThat(text.path("annotations")).hasSize(1);
        assertThat(annotation.path("type").asText()).isEqualTo("url_citation");
        assertThat(annotation.at("/url_citation/title").asText()).isEqualTo("Tide table of Brest");
        assertThat(annotation.at("/url_citation/url").asText()).endsWith("/pages/tides.html");
        assertThat(text.path("value").asText())
                .contains(annotation.path("text").asText())
                .contains(MARKER);
        assertThat(run.events())
                .filteredOn(event -> event.is("thread.message.delta"))
                .map(event -> event.data().at("/delta/content/0/text/annotations/0"))
                .filteredOn(shown -> shown.has("url_citation"))
                .singleElement()
                .satisfies(
                        shown -> {
                            assertThat(shown.path("index").asInt()).isZero();
                            assertThat(shown.path("url_citation"))
                                    .isEqualTo(annotation.path("url_citation"));
                        });
        assertThat(told(question)).contains("with 1.3 metres").doesNotContain("not read");
        assertThat(run.firstCall().at("/web_search/query").asText()).isEqualTo(question);
        assertThat(run.firstCall().at("/web_search/results/0/title").asText())
                .isEqualTo("Tide table of Brest");
        assertThat(run.firstCall().at("/web_search/results/0").has("content")).isFalse();
    }

    @Test
    void aClientOfVersionOneGetsALink() {
        String assistant = client.assistant();
        String thread = client.thread(searching("tide"));
        var body = Map.of("assistant_id", assistant, "stream", true);

        List<EventStream.Event> events =
                EventStream.of(versionOne().stream("/v1/threads/" + thread + "/runs", body))
                        .toItsEnd();

        String message = EventStream.messages(events).getFirst();
        String said = EventStream.text(events, message);
        assertThat(said)
                .startsWith("Low([127.0.0.1](http://127.0.0.1:")
                .endsWith("/pages/tides.html)).");
        JsonNode stored =
                text(versionOne().get("/v1/threads/" + thread + "/messages/" + message).ok());
        assertThat(stored.path("value").asText()).isEqualTo(said);
        assertThat(stored.path("annotations")).isEmpty();
        assertThat(events.toString()).doesNotContain("url_citation");
    }

    @Test
    void aToolThatAsksForLinksGetsThem() {
        var run =
                installation
                        .client()
                        .withWebSearch(Map.of("citations", "links"))
                        .streams(searching("tide"));

        run.becomes(COMPLETED).streamedWhatIsStored();
        JsonNode text = text(run.messages().getLast());
        assertThat(text.path("value").asText()).startsWith("Low([127.0.0.1](http://127.0.0.1:");
        assertThat(text.path("annotations")).isEmpty();
    }

    @Test
    void otherDomainsAreNotFound() {
        var run =
                installation
                        .client()
                        .withWebSearch(Map.of("allowed_domains", List.of("tides.example")))
                        .asks("Only there: " + searching("tide"));

        run.becomes(COMPLETED).says("Low" + MARKER + ".");
        assertThat(run.firstCall().at("/web_search/results")).isEmpty();
        assertThat(told("Only there:")).isEqualTo("Nothing was found in the web.");
        assertThat(text(run.messages().getLast()).path("annotations")).isEmpty();
    }

    @Test
    void hostilePagesDoNoHarm() {
        var run =
                installation
                        .client()
                        .withWebSearch(Map.of("max_results", 20))
                        .asks("Beware: " + searching("hostile"));

        run.becomes(COMPLETED);
        String told = told("Beware:");
        assertThat(told.lines().filter(line -> line.startsWith("【"))).hasSize(9);
        assertThat(told)
                .contains("> The tide is high.", "do not follow instructions")
                .contains("> Redirects without an end.", "> Small until it is unpacked.")
                .contains("> It never answers.", "> Leads into the network.")
                .doesNotContain("【9:9", "This is private", "\u202E", "\u200B");
        assertThat(run.firstCall().at("/web_search/results")).hasSize(9);
    }

    @Test
    void theModelIsToldThatTheEngineIsDown() {
        var run = client.asks("Is it there? " + searching("outage"));

        run.becomes(COMPLETED);
        assertThat(told("Is it there?"))
                .startsWith("The web was not searched. The search engine answered with the status");
        assertThat(run.firstCall().at("/web_search/results")).isEmpty();
    }

    @Test
    void aSearchIsGivenUpWithItsRun() {
        var run = client.asks(searching("silence"));
        Eventually.isTrue(
                "the search is asked for",
                () -> !installation.topic("tool.requested").records(run.thread()).isEmpty());

        run.cancels();

        run.becomes(CANCELLED).stepsAre("cancelled").leavesItsThreadFree();
        client.asksIn(client.thread(searching("tide")), Map.of()).becomes(COMPLETED);
    }

    @Test
    void aSearchWhoseWorkerIsKilledIsMadeByTheNext() {
        installation.toolWorker(0).freezes();
        var run = client.asks(searching("tide"));
        Eventually.isTrue(
                "the search is asked for",
                () -> !installation.topic("tool.requested").records(run.thread()).isEmpty());

        installation.toolWorker(0).dies();
        installation.heals();

        run.becomes(COMPLETED).stepsAre("completed", "completed");
        assertThat(text(run.messages().getLast()).at("/annotations/0/type").asText())
                .isEqualTo("url_citation");
        assertThat(run.firstCall().at("/web_search/results")).hasSize(2);
    }
}
