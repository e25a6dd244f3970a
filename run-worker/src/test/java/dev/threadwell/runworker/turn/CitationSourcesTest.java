package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Citations, files and images of earlier tool calls in the following message. */
class CitationSourcesTest {

    private static final Run RUN = Samples.run();
    private static final Run EARLIER = Samples.with(RUN, "{\"id\": \"run_earlier\"}");

    private final List<Entry> conversation = new ArrayList<>();
    private final List<TurnOutput> shown = new ArrayList<>();

    private void called(Run run, StepDetails.ToolCall... calls) {
        RunStep step = Samples.calling(run, "step_1", calls);
        conversation.add(new Entry.Called(step.completed(Samples.NOW, Usage.NONE)));
    }

    private void said(Message message) {
        conversation.add(new Entry.Said(message));
    }

    private CitationSources sources() {
        return CitationSources.of(RUN, conversation, BuiltInTools.ALL);
    }

    private Message answered(String... pieces) {
        Turn turn = new Turn(RUN, Samples.CLOCK);
        turn.asked(sources());
        for (String piece : pieces) {
            shown.addAll(turn.on(new ModelEvent.Text(piece)));
        }
        shown.addAll(turn.on(new ModelEvent.Finished("stop")));
        Turn.Ending ending = turn.end();
        shown.addAll(ending.shown());
        return ((TurnResult.Answered) ending.end()).written().message();
    }

    private static MessageContent.Text text(String value, Map<String, Object> annotation) {
        return new MessageContent.Text(new MessageContent.Value(value, List.of(annotation)));
    }

    @Test
    void aCitationIsShownInOneDeltaAndKeptWithoutItsQuote() {
        called(RUN, Samples.found("call_s", 4, "Low at six."));

        Message message = answered("🌊 Low", " at six【4:0", "†tides.txt】", ".");

        List<String> deltas = Shown.data("thread.message.delta", shown);
        assertThat(deltas).hasSize(4);
        assertThat(deltas.get(2))
                .endsWith(
                        """
                        [{"index":0,"type":"text","text":{"value":"【4:0†tides.txt】","annotations":[{"index":0,"type":"file_citation","text":"【4:0†tides.txt】","start_index":12,"end_index":27,"file_citation":{"file_id":"file-tides","quote":""}}]}}]}}""");
        assertThat(Json.compact(message))
                .contains(
                        """
                        "content":[{"type":"text","text":{"value":"🌊 Low at six【4:0†tides.txt】.","annotations":[{"type":"file_citation","text":"【4:0†tides.txt】","start_index":12,"end_index":27,"file_citation":{"file_id":"file-tides"}}]}}]""");
    }

    @Test
    void aLinkToAFileThatCodeMadeIsAPathWithTheFile() {
        called(EARLIER, Samples.drawn("call_c"));

        Message message = answered("See [it](sandbox:/mnt/data/my%20tides.csv)");

        assertThat(message.content())
                .containsExactly(
                        text(
                                "See [it](sandbox:/mnt/data/my%20tides.csv)",
                                new Annotation("file_path", "file-csv")
                                        .of("sandbox:/mnt/data/my%20tides.csv", 9, 41)));
    }

    @Test
    void anImageIsAPartInFrontOfTheText() {
        called(RUN, Samples.drawn("call_c"));

        Message message = answered("Here it is.");

        assertThat(Shown.data("thread.message.delta", shown))
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .endsWith(
                                                """
                                                [{"index":0,"type":"image_file","image_file":{"file_id":"file-chart"}}]}}"""),
                        second -> assertThat(second).contains("\"index\":1,\"type\":\"text\""));
        assertThat(message.content())
                .containsExactly(
                        new MessageContent.ImageFile(Map.of("file_id", "file-chart")),
                        MessageContent.Text.of("Here it is."));
    }

    @Test
    void anImageIsShownOnce() {
        called(RUN, Samples.drawn("call_c"));
        said(Samples.begun(RUN, "msg_1").completed(List.of(), Samples.NOW));

        assertThat(sources().images()).isEmpty();
    }

    @Test
    void anImageIsShownAgainWhenTheMessageBrokeOff() {
        called(RUN, Samples.drawn("call_c"));
        said(Samples.begun(RUN, "msg_1").incomplete(List.of(), "run_failed", Samples.NOW));

        assertThat(sources().images()).containsExactly("file-chart");
    }

    @Test
    void anImageOfAnEarlierRunIsNotShownAgain() {
        called(EARLIER, Samples.drawn("call_c"));

        assertThat(sources().images()).isEmpty();
    }

    @Test
    void searchesAreNumberedOnFromTheNewest() {
        called(EARLIER, Samples.found("call_a", 4, "Low"), Samples.found("call_b", 5, "High"));

        assertThat(sources().nextSearch()).isEqualTo(6);
        assertThat(sources().cited()).containsOnlyKeys("4:0", "5:0");
    }

    @Test
    void whatHeldBackUntilTheEndIsShownThen() {
        called(RUN, Samples.found("call_s", 4, "Low at six."));

        assertThat(answered("Low【4:0†").content())
                .containsExactly(MessageContent.Text.of("Low【4:0†"));
    }

    @Test
    void aMessageIsReadBackFromItsStreamAsItWas() {
        called(RUN, Samples.drawn("call_c"), Samples.found("call_s", 4, "Low at six."));
        Message message = answered("Low【4:0†tides.txt】 sandbox:/mnt/data/my tides.csv");
        List<StreamEvent> stream =
                shown.stream()
                        .filter(TurnOutput.Emit.class::isInstance)
                        .map(TurnOutput.Emit.class::cast)
                        .map(e -> new StreamEvent(RUN.id(), 1, e.name().wire(), e.data().bytes()))
                        .toList();

        Message read = PartialTurn.of(stream).endedMessage(Samples.NOW);

        assertThat(read).isNotNull();
        assertThat(tree(read.content())).isEqualTo(tree(message.content()));
    }

    private static JsonNode tree(Object value) {
        return Json.read(Json.bytes(value), JsonNode.class);
    }

    @Test
    void everyOutputOfACallIsADelta() {
        RunStep step =
                Samples.calling(
                        RUN,
                        "step_1",
                        Samples.call("call_w", "tide", "{}"),
                        Samples.drawn("call_c"));

        assertThat(OutputDeltas.of(step, "call_c"))
                .map(delta -> new String(delta, StandardCharsets.UTF_8))
                .satisfiesExactly(
                        logs ->
                                assertThat(logs)
                                        .contains(
                                                "[{\"index\":1,\"type\":\"code_interpreter\",\"code_interpreter\":{\"outputs\":[{\"index\":0,")
                                        .contains("\"logs\":\"drawn\\n\""),
                        image ->
                                assertThat(image)
                                        .contains("\"outputs\":[{\"index\":1,")
                                        .contains("\"image\":{\"file_id\":\"file-chart\"}"));
        assertThat(OutputDeltas.of(step, "call_w")).isEmpty();
    }
}
