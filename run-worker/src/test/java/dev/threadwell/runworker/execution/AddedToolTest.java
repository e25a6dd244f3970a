package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.AttachedFiles;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.runworker.turn.OutputDeltas;
import dev.threadwell.runworker.turn.Prompt;
import dev.threadwell.runworker.turn.PromptResult;
import dev.threadwell.runworker.turn.TokenBudget;
import dev.threadwell.runworker.turn.Turn;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.runworker.turn.TurnResult;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.runworker.turn.tool.GenericTool;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A built-in tool is added by one class; no other code of a run worker refers to it. */
class AddedToolTest {

    private static final ToolKind ECHO = new ToolKind("echo");

    /** The only class that a run worker needs for the tool. */
    private static final class EchoTool extends GenericTool {

        EchoTool() {
            super(ECHO, "Repeats a text.", "text", "What is repeated.");
        }

        @Override
        protected Map<String, Object> details(Tool definition) {
            return ((Tool.Generic) definition).options();
        }
    }

    private static final BuiltInTools TOOLS = BuiltInTools.ALL.with(new EchoTool());

    private static final ToolOutput ANSWER =
            new ToolOutput.Result(
                    Map.of("output", "Ahoy! Ahoy!"),
                    "It was repeated twice.",
                    List.of(new ToolOutput.MadeFile("/mnt/data/ahoy.wav", "file-ahoy")),
                    List.of("file-wave"));

    private final Tool.Generic definition = new Tool.Generic(ECHO, Map.of("times", 2));
    private final Run run = Samples.run(definition);
    private final Turn turn = new Turn(run, Samples.CLOCK, TOOLS);
    private final List<TurnOutput> shown = new ArrayList<>();

    private void model(ModelEvent... events) {
        for (ModelEvent event : events) {
            shown.addAll(turn.on(event));
        }
    }

    private TurnResult.Called called() {
        model(
                new ModelEvent.Call(0, "call_e", "echo", "{\"text\":"),
                new ModelEvent.Call(0, null, null, "\"Ahoy\"}"),
                new ModelEvent.Finished("tool_calls"));
        Turn.Ending ending = turn.end();
        shown.addAll(ending.shown());
        return (TurnResult.Called) ending.end();
    }

    private RunStep answered() {
        RunStep step = called().step().step();
        var calls = (StepDetails.ToolCalls) step.stepDetails();
        return step.with(
                calls.with(
                        calls.toolCalls().stream()
                                .map(call -> call.answeredWith(ANSWER.capped()))
                                .toList()));
    }

    private PromptResult.Request asked(List<Entry> conversation) {
        return (PromptResult.Request)
                Prompt.of(
                        run,
                        conversation,
                        AttachedFiles.NOTHING,
                        TokenBudget.of(run, Usage.NONE, 100_000),
                        TOOLS);
    }

    private List<String> data(String name) {
        return shown.stream()
                .filter(
                        one ->
                                one instanceof TurnOutput.Emit(var event, _)
                                        && event.wire().equals(name))
                .map(one -> ((TurnOutput.Emit) one).data().text())
                .toList();
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aModelIsOfferedIt() {
        JsonNode offers = Json.read(asked(List.of()).json(), JsonNode.class).path("tools");

        assertThat(offers).hasSize(1);
        assertThat(offers.at("/0/function/name").asText()).isEqualTo("echo");
        assertThat(offers.at("/0/function/parameters/required/0").asText()).isEqualTo("text");
    }

    @Test
    void aDemandForItNamesItsFunction() {
        Run demanding = Samples.with(run, "{\"tool_choice\": {\"type\": \"echo\"}}");
        PromptResult asking =
                Prompt.of(
                        demanding,
                        List.of(),
                        AttachedFiles.NOTHING,
                        TokenBudget.of(run, Usage.NONE, 100_000),
                        TOOLS);

        assertThat(
                        Json.read(((PromptResult.Request) asking).json(), JsonNode.class)
                                .at("/tool_choice/function/name")
                                .asText())
                .isEqualTo("echo");
    }

    @Test
    void aCallOfItIsShownToClients() {
        called();

        assertThat(data("thread.run.step.delta"))
                .singleElement()
                .asString()
                .endsWith(
                        "\"tool_calls\":[{\"index\":0,\"id\":\"call_e\",\"type\":\"echo\","
                                + "\"echo\":{\"times\":2}}]}}}");
    }

    @Test
    void aToolWorkerIsAskedForIt() {
        RunRow row = RunRow.created("proj", run, null);
        List<OutboxMessage> messages = ToolRequests.messages(row, called(), TOOLS);

        ToolRequested asked = Json.read(messages.getFirst().payload(), ToolRequested.class);
        assertThat(messages).hasSize(1);
        assertThat(asked.tool()).isEqualTo(ECHO);
        assertThat(asked.name()).isEqualTo("echo");
        assertThat(asked.definition()).isEqualTo(definition);
        assertThat(asked.arguments()).isEqualTo("{\"text\":\"Ahoy\"}");
    }

    @Test
    void itIsNoCallOfTheClient() {
        assertThat(called().functions()).isEmpty();
    }

    @Test
    void itsResultIsShownInTheStepAndInADelta() {
        RunStep step = answered();

        assertThat(OutputDeltas.of(step, "call_e", TOOLS))
                .singleElement()
                .extracting(AddedToolTest::utf8)
                .asString()
                .endsWith(
                        "[{\"index\":0,\"type\":\"echo\",\"echo\":{\"output\":\"Ahoy! Ahoy!\"}}]}}}");
        JsonNode call =
                Json.read(Json.bytes(step.shown(false)), JsonNode.class)
                        .at("/step_details/tool_calls/0");
        assertThat(call.propertyStream().map(Map.Entry::getKey))
                .containsExactly("id", "type", "echo");
        assertThat(call.at("/echo/output").asText()).isEqualTo("Ahoy! Ahoy!");
        assertThat(call.at("/echo/times").asInt()).isEqualTo(2);
    }

    @Test
    void itsResultIsStoredAndToldToTheModel() {
        RunStep stored = Json.read(Json.bytes(answered()), RunStep.class);
        RunStep done = stored.completed(Samples.NOW, Usage.NONE);

        JsonNode messages =
                Json.read(asked(List.of(new Entry.Called(done))).json(), JsonNode.class)
                        .path("messages");

        assertThat(messages.at("/0/tool_calls/0/function/name").asText()).isEqualTo("echo");
        assertThat(messages.at("/0/tool_calls/0/function/arguments").asText())
                .isEqualTo("{\"text\":\"Ahoy\"}");
        assertThat(messages.at("/1/content").asText()).isEqualTo("It was repeated twice.");
    }

    @Test
    void theNextMessageShowsItsImageAndLinksToItsFile() {
        RunStep done = answered().completed(Samples.NOW, Usage.NONE);
        Turn next = new Turn(run, Samples.CLOCK, TOOLS);
        next.asked(asked(List.of(new Entry.Called(done))).sources());

        shown.clear();
        shown.addAll(next.on(new ModelEvent.Text("Here: sandbox:/mnt/data/ahoy.wav .")));

        assertThat(data("thread.message.delta").getFirst()).contains("\"file-wave\"");
        assertThat(data("thread.message.delta")).anyMatch(delta -> delta.contains("file-ahoy"));
    }
}
