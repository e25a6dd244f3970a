package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results of a web search: how the model is given them, and how its message cites them. */
class WebCitationsTest {

    private static final Tool SEARCH = new Tool.Generic(ToolKind.WEB_SEARCH, Map.of());
    private static final Tool LINKING =
            new Tool.Generic(ToolKind.WEB_SEARCH, Map.of("citations", "links"));

    private static final ToolOutput FOUND =
            new ToolOutput.Result(
                    Map.of(
                            "results",
                            List.of(
                                    Map.of(
                                            "url",
                                            "https://tides.example/brest",
                                            "title",
                                            "Tides of Brest"),
                                    Map.of("url", "javascript:alert(1)", "title", "Bad"))),
                    "Found.\n\n【#:0†tides.example】\n> Low at six.\n【#:1†bad】\n> Bad.",
                    List.of(),
                    List.of());

    private final List<TurnOutput> shown = new ArrayList<>();

    private RunStep called(Run run) {
        Turn turn = new Turn(run, Samples.CLOCK);
        shown.addAll(turn.on(new ModelEvent.Call(0, "call_w", "web_search", "{\"query\":\"low ")));
        shown.addAll(turn.on(new ModelEvent.Call(0, null, null, "tide\"}")));
        shown.addAll(turn.on(new ModelEvent.Finished("tool_calls")));
        Turn.Ending ending = turn.end();
        shown.addAll(ending.shown());
        return ((TurnResult.Called) ending.end()).step().step();
    }

    private RunStep answered(Run run) {
        RunStep step = called(run);
        var calls = (StepDetails.ToolCalls) step.stepDetails();
        RunStep answered =
                step.with(
                        calls.with(
                                calls.toolCalls().stream()
                                        .map(call -> call.answeredWith(FOUND.capped()))
                                        .toList()));
        return Json.read(Json.bytes(answered), RunStep.class).completed(Samples.NOW, Usage.NONE);
    }

    private static CitationSources sources(Run run, RunStep step) {
        return CitationSources.of(run, List.of(new Entry.Called(step)), BuiltInTools.ALL);
    }

    private Message said(Run run, CitationSources sources, String... pieces) {
        shown.clear();
        Turn turn = new Turn(run, Samples.CLOCK);
        turn.asked(sources);
        for (String piece : pieces) {
            shown.addAll(turn.on(new ModelEvent.Text(piece)));
        }
        shown.addAll(turn.on(new ModelEvent.Finished("stop")));
        Turn.Ending ending = turn.end();
        shown.addAll(ending.shown());
        return ((TurnResult.Answered) ending.end()).written().message();
    }

    @Test
    void clientsSeeTheQueryAndThenTheResults() {
        Run run = Samples.run(SEARCH);
        RunStep step = answered(run);

        assertThat(Shown.data("thread.run.step.delta", shown))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("\"web_search\":{}}]}}}"),
                        then ->
                                assertThat(then)
                                        .endsWith("\"web_search\":{\"query\":\"low tide\"}}]}}}"));
        JsonNode call =
                Json.read(Json.bytes(step.shown(false)), JsonNode.class)
                        .at("/step_details/tool_calls/0");
        assertThat(call.propertyStream().map(Map.Entry::getKey))
                .containsExactly("id", "type", "web_search");
        assertThat(call.at("/web_search/query").asText()).isEqualTo("low tide");
        assertThat(call.at("/web_search/results/0/title").asText()).isEqualTo("Tides of Brest");
    }

    @Test
    void theModelIsGivenMarkersWithTheNumberOfTheCall() {
        Run run = Samples.run(SEARCH);
        var calls = (StepDetails.ToolCalls) answered(run).stepDetails();

        assertThat(BuiltInTools.ALL.view(calls.toolCalls().getFirst()).text())
                .isEqualTo("Found.\n\n【4:0†tides.example】\n> Low at six.\n【4:1†bad】\n> Bad.");
    }

    @Test
    void aSecondSearchHasTheNextNumber() {
        Run run = Samples.run(SEARCH);

        assertThat(sources(run, answered(run)).nextSearch()).isEqualTo(5);
    }

    @Test
    void aCitationBecomesAnAnnotationInOneDeltaAndInTheMessage() {
        Run run = Samples.run(SEARCH);

        Message message =
                said(run, sources(run, answered(run)), "🌊 Low【4", ":0†tides.example", "】.");

        String annotation =
                "\"type\":\"url_citation\",\"text\":\"【4:0†tides.example】\","
                        + "\"start_index\":5,\"end_index\":24,\"url_citation\":"
                        + "{\"url\":\"https://tides.example/brest\",\"title\":\"Tides of Brest\"}";
        assertThat(Shown.data("thread.message.delta", shown).get(1))
                .endsWith(
                        "{\"value\":\"【4:0†tides.example】\",\"annotations\":[{\"index\":0,"
                                + annotation
                                + "}]}}]}}");
        assertThat(Json.compact(message))
                .contains(
                        "{\"value\":\"🌊 Low【4:0†tides.example】.\",\"annotations\":[{"
                                + annotation
                                + "}]}");
    }

    @Test
    void aCitationBecomesALinkIfTheToolAsksForLinks() {
        Run run = Samples.run(LINKING);

        Message message = said(run, sources(run, answered(run)), "Low【4:0†tides", ".example】.");

        assertThat(Json.compact(message))
                .contains(
                        "{\"value\":\"Low([tides.example](https://tides.example/brest)).\","
                                + "\"annotations\":[]}");
        assertThat(String.join("", Shown.data("thread.message.delta", shown)))
                .doesNotContain("url_citation", "【");
    }

    @Test
    void aResultWithoutAUsableUrlIsNotCited() {
        Run run = Samples.run(SEARCH);

        Message message = said(run, sources(run, answered(run)), "So【4:1†bad】.");

        assertThat(Json.compact(message)).contains("\"annotations\":[]").contains("【4:1†bad】");
    }

    @Test
    void aMessageIsReadBackFromItsStreamAsItWas() {
        Run run = Samples.run(SEARCH);
        Message message = said(run, sources(run, answered(run)), "Low【4:0†tides.example】.");
        List<StreamEvent> stream =
                shown.stream()
                        .filter(TurnOutput.Emit.class::isInstance)
                        .map(TurnOutput.Emit.class::cast)
                        .filter(e -> !e.name().wire().endsWith("completed"))
                        .map(e -> new StreamEvent(run.id(), 1, e.name().wire(), e.data().bytes()))
                        .toList();

        Message read = PartialTurn.of(stream).endedMessage(Samples.NOW);

        assertThat(read).isNotNull();
        assertThat(read.content()).isEqualTo(message.content());
    }
}
