package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.IN_PROGRESS;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tools answer, on its way to the client and to the model. */
@OnInstallation
class ToolAnswerFlowTest {

    private static final String CODE =
            "{'name':'code_interpreter','arguments':{'code':'plot(\\\"潮\\\")'}}";
    private static final String SEARCH = "{'name':'file_search','arguments':{'query':'low water'}}";

    private final Installation installation;
    private final Client client;
    private final ToolByHand tool;

    ToolAnswerFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
        tool = new ToolByHand(installation);
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    private static String calling(String calls, String then) {
        return simulate("{'calls':[" + calls + "],'then':{'say':'" + then + "'}}");
    }

    private static List<JsonNode> data(ClientRun run, String name) {
        return run.events().stream().filter(e -> e.is(name)).map(EventStream.Event::data).toList();
    }

    @Test
    void codeIsStreamedWithItsOutputsAndTheMessageShowsTheImageAndLinksTheFile() {
        var run =
                client.withCodeInterpreter()
                        .streams(calling(CODE, "See [it](sandbox:/mnt/data/tides.csv)."));

        tool.answers(tool.calls(run, 1).getFirst(), ToolByHand.drawn("drawn\n"));

        run.becomes(COMPLETED)
                .streamed(
                        "run.created",
                        "run.queued",
                        "run.in_progress",
                        "run.step.created",
                        "run.step.in_progress",
                        "run.step.delta",
                        "run.step.completed",
                        "run.step.created",
                        "run.step.in_progress",
                        "message.created",
                        "message.in_progress",
                        "message.delta",
                        "message.completed",
                        "run.step.completed",
                        "run.completed");
        var code = new StringBuilder();
        var logs = new StringBuilder();
        for (JsonNode delta : data(run, "thread.run.step.delta")) {
            JsonNode call = delta.at("/delta/step_details/tool_calls/0/code_interpreter");
            code.append(call.path("input").asText());
            logs.append(call.at("/outputs/0/logs").asText());
        }
        assertThat(code).hasToString("plot(\"潮\")");
        assertThat(logs).hasToString("drawn\n");
        JsonNode message = run.messages().getFirst();
        assertThat(data(run, "thread.message.completed").getFirst().path("content"))
                .isEqualTo(message.path("content"));
        assertThat(message.at("/content/0/image_file/file_id").asText()).isEqualTo("file-chart");
        assertThat(message.at("/content/1/text/annotations/0"))
                .isEqualTo(
                        Json.read(
                                """
                                {"type":"file_path","text":"sandbox:/mnt/data/tides.csv",
                                 "start_index":9,"end_index":36,"file_path":{"file_id":"file-csv"}}
                                """));
        assertThat(run.firstCall().at("/code_interpreter"))
                .isEqualTo(
                        Json.read(
                                """
                                {"input":"plot(\\"潮\\")","outputs":[
                                 {"type":"logs","logs":"drawn\\n"},
                                 {"type":"image","image":{"file_id":"file-chart"}}]}
                                """));
    }

    @Test
    void aSearchIsCitedInOneDelta() {
        var run =
                client.withFileSearch()
                        .streams(calling(SEARCH, "At noon【4:0†tides.txt】, they say."));

        tool.answers(tool.calls(run, 1).getFirst(), ToolByHand.found("Low water is at noon."));

        run.becomes(COMPLETED).streamedWhatIsStored();
        assertThat(data(run, "thread.run.step.delta"))
                .singleElement()
                .satisfies(
                        delta ->
                                assertThat(delta.at("/delta/step_details/tool_calls/0/file_search"))
                                        .isEqualTo(
                                                Json.read(
                                                        """
                                                        {"ranking_options":{"ranker":"default_2024_08_21",
                                                         "score_threshold":0.0},"results":[]}
                                                        """)));
        JsonNode result = run.firstCall().at("/file_search/results/0");
        assertThat(result.path("file_name").asText()).isEqualTo("tides.txt");
        assertThat(result.has("content")).isFalse();
        assertThat(data(run, "thread.message.delta"))
                .filteredOn(d -> d.toString().contains("file_citation"))
                .singleElement()
                .satisfies(
                        d ->
                                assertThat(d.at("/delta/content/0/text"))
                                        .isEqualTo(
                                                Json.read(
                                                        """
                                                        {"value":"【4:0†tides.txt】","annotations":[{"index":0,
                                                         "type":"file_citation","text":"【4:0†tides.txt】",
                                                         "start_index":7,"end_index":22,
                                                         "file_citation":{"file_id":"file-tides","quote":""}}]}
                                                        """)));
        assertThat(run.messages().getFirst().at("/content/0/text/annotations/0/file_citation"))
                .isEqualTo(Json.read("{\"file_id\":\"file-tides\"}"));
    }

    @Test
    void toolsAndFunctionsAnswerInAnyOrderAndTheRunGoesOnOnce() {
        var run =
                client.withCodeInterpreter()
                        .withFileSearch()
                        .withFunctions("weather")
                        .streams(
                                calling(CODE + "," + SEARCH + ",{'name':'weather'}", "All three."));
        List<JsonNode> calls = tool.calls(run, 2);

        tool.answers(calls.get(1), ToolByHand.found("Low water is at noon."));
        tool.answers(calls.get(0), ToolByHand.drawn("drawn\n"));

        run.becomes(REQUIRES_ACTION);
        assertThat(run.calls()).hasSize(1);
        run.submits("sunny").becomes(COMPLETED).says("All three.");
        assertThat(EventStream.names(run.events()))
                .containsSubsequence(
                        "run.step.delta",
                        "run.requires_action",
                        "run.step.completed",
                        "run.queued",
                        "run.in_progress",
                        "message.completed",
                        "run.completed");
        assertThat(run.steps().getFirst().at("/step_details/tool_calls"))
                .extracting(c -> c.path("type").asText())
                .containsExactly("code_interpreter", "file_search", "function");
    }

    @Test
    void anAnswerThatIsDeliveredAgainChangesNothing() {
        var run = client.withCodeInterpreter().streams(calling(CODE, "It is drawn."));
        JsonNode call = tool.calls(run, 1).getFirst();
        tool.answers(call, ToolByHand.drawn("drawn\n"));
        run.becomes(COMPLETED);
        List<JsonNode> steps = run.steps();

        tool.answers(call, ToolByHand.drawn("drawn again\n"));

        installation.topic("tool.answered").isHandledBy("run-worker-tools");
        assertThat(run.steps()).isEqualTo(steps);
        run.says("It is drawn.");
        assertThat(run.events()).filteredOn(e -> e.is("thread.run.completed")).hasSize(1);
    }

    @Test
    void aRunWhoseWorkerDiesWhileAToolIsOutGoesOnWithAnother() {
        var run = client.withCodeInterpreter().streams(calling(CODE, "It is drawn."));
        JsonNode call = tool.calls(run, 1).getFirst();
        installation.runWorker(0).dies();

        tool.answers(call, ToolByHand.drawn("drawn\n"));

        run.becomes(COMPLETED).says("It is drawn.").stepsAre("completed", "completed");
        run.streamedWhatIsStored();
    }

    @Test
    void aCallThatCannotBeAnsweredFailsTheRun() {
        var run = client.withCodeInterpreter().streams(calling(CODE, "Never said."));

        tool.answers(
                tool.calls(run, 1).getFirst(),
                Map.of(
                        "type",
                        "failed",
                        "error",
                        Map.of("code", "server_error", "message", "The call was lost.")));

        run.failsWith("server_error")
                .stepsAre("failed")
                .leavesItsThreadFree()
                .streamed(
                        "run.created",
                        "run.queued",
                        "run.in_progress",
                        "run.step.created",
                        "run.step.in_progress",
                        "run.step.delta",
                        "run.step.failed",
                        "run.failed");
        assertThat(run.firstCall().at("/code_interpreter/outputs")).isEmpty();
    }

    @Test
    void anAnswerToACancelledRunIsIgnored() {
        var run = client.withCodeInterpreter().asks(calling(CODE, "Never said."));
        JsonNode call = tool.calls(run, 1).getFirst();
        run.cancels().becomes(CANCELLED);

        tool.answers(call, ToolByHand.drawn("drawn\n"));

        installation.topic("tool.answered").isHandledBy("run-worker-tools");
        assertThat(run.status()).isEqualTo(CANCELLED);
        run.stepsAre("cancelled").leavesItsThreadFree();
        assertThat(
                        run.steps()
                                .getFirst()
                                .at("/step_details/tool_calls/0/code_interpreter/outputs")
                                .isArray())
                .isTrue();
    }

    @Test
    void aRunWaitsForTheFilesOfItsThreadBeforeItsModelIsAsked() {
        String question = calling(SEARCH, "At noon【4:0†tides.txt】, on the day of the ferry.");
        var run = client.withFileSearch().asksIn(threadWithFile(question), Map.of());
        run.becomes(IN_PROGRESS);
        client.asks(simulate("{'say':'I need no file.'}")).becomes(COMPLETED);
        assertThat(installation.model().timesAsked("day of the ferry")).isZero();

        installation.heals();

        run.becomes(COMPLETED);
        assertThat(run.firstCall().at("/file_search/results"))
                .extracting(r -> r.path("file_name").asText())
                .containsExactly("tides.txt");
        assertThat(run.messages().getFirst().at("/content/0/text/annotations")).hasSize(1);
    }

    private String threadWithFile(String text) {
        Http node = installation.node(0);
        String file = node.upload("tides.txt", "Low water is at noon.").ok().path("id").asText();
        var given = Map.of("file_id", file, "tools", List.of(Map.of("type", "file_search")));
        var message = Map.of("role", "user", "content", text, "attachments", List.of(given));
        return node.post("/v1/threads", Map.of("messages", List.of(message)))
                .ok()
                .path("id")
                .asText();
    }
}
