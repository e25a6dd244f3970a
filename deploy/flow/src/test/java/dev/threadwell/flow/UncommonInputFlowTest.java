package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.REQUIRES_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs over what clients really send that broke other services: reports of their users. */
@OnInstallation
class UncommonInputFlowTest {

    private static final String CALLING_BOTH =
            simulate("{'calls':[{'name':'weather'},{'name':'time'}],'then':{'say':'Noon.'}}");

    /** Long enough for a client to do something meanwhile. */
    private static final String SLOW = simulate("{'tokens':60,'gap_ms':50}");

    private final Client client;

    UncommonInputFlowTest(Installation installation) {
        client = installation.client();
    }

    private Http.Answer submits(ClientRun run, List<Map<String, @Nullable String>> outputs) {
        return client.http()
                .post(run.path() + "/submit_tool_outputs", Map.of("tool_outputs", outputs));
    }

    private static Map<String, @Nullable String> output(String call, @Nullable String text) {
        var output = new HashMap<String, @Nullable String>();
        output.put("tool_call_id", call);
        output.put("output", text);
        return output;
    }

    private ClientRun callingBoth() {
        return client.withFunctions("weather", "time").asks(CALLING_BOTH).becomes(REQUIRES_ACTION);
    }

    private static List<String> ids(ClientRun run) {
        return run.calls().stream().map(call -> call.path("id").asText()).toList();
    }

    @Test
    void outputsThatAreNotExactlyThoseAskedForAreRefused() {
        var run = callingBoth();
        String weather = ids(run).getFirst();
        String time = ids(run).getLast();

        refuses(run, List.of(weather));
        refuses(run, List.of(weather, weather, time));
        refuses(run, List.of(weather, time, "call_unknown"));

        run.submits("sunny", "noon").becomes(COMPLETED).says("Noon.");
    }

    private void refuses(ClientRun run, List<String> calls) {
        var outputs = new ArrayList<Map<String, @Nullable String>>();
        calls.forEach(call -> outputs.add(output(call, "x")));
        var answer = submits(run, outputs);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error())
                .isEqualTo(
                        "Expected tool outputs for call_ids %s, got %s"
                                .formatted(quoted(ids(run)), quoted(calls)));
    }

    private static List<String> quoted(List<String> ids) {
        return ids.stream().map("'%s'"::formatted).toList();
    }

    @Test
    void outputsMayComeInAnyOrderAndTheFirstHold() {
        var run = callingBoth();
        String weather = ids(run).getFirst();
        String time = ids(run).getLast();

        submits(run, List.of(output(time, null), output(weather, "sunny\0"))).ok();
        var again = submits(run, List.of(output(weather, "rainy"), output(time, "midnight")));

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error()).endsWith("do not accept tool outputs.");
        run.becomes(COMPLETED).says("Noon.");
        assertThat(run.steps().getFirst().at("/step_details/tool_calls"))
                .extracting(call -> call.at("/function/output").asText())
                .containsExactly("sunny\0", "");
    }

    @Test
    void aZeroCharacterGoesThroughEverything() {
        String assistant =
                client.http()
                        .post(
                                "/v1/assistants",
                                Map.of(
                                        "model", "simulated",
                                        "name", "a\0b",
                                        "instructions", "c\0d",
                                        "metadata", Map.of("e\0f", "\0")))
                        .ok()
                        .path("id")
                        .asText();
        String thread = client.thread("g\0h " + simulate("{'say':'i\\u0000j'}"));
        JsonNode created =
                client.http().post(Client.runs(thread), Map.of("assistant_id", assistant)).ok();

        ClientRun.polled(client.http(), thread, created).becomes(COMPLETED).says("i\0j");
    }

    @Test
    void aThreadThatIsDeletedDuringARunEndsItsStream() {
        var run = client.streams(SLOW);
        run.stream().awaitsDeltas(3);

        client.http().delete("/v1/threads/" + run.thread()).ok();

        assertThat(run.events().getLast().is("thread.run.cancelled")).isTrue();
    }

    @Test
    void anAssistantThatIsDeletedDuringARunIsNotMissed() {
        String assistant = client.assistant();
        String thread = client.thread(SLOW);
        var body = Map.of("assistant_id", assistant, "stream", true);
        var run =
                ClientRun.streamed(
                        client.http(),
                        thread,
                        EventStream.of(client.http().stream(Client.runs(thread), body)));
        run.stream().awaitsDeltas(3);

        client.http().delete("/v1/assistants/" + assistant).ok();

        run.streamedWhatIsStored().becomes(COMPLETED).messagesAre("completed");
    }

    @Test
    void aFileThatIsDeletedIsNoLongerFoundAndTheRunGoesOn() {
        ClientStore store = client.store("tides.txt", "Low tide is at noon.").becomes("completed");
        client.http().delete("/v1/files/" + store.files().getFirst()).ok();
        var question = Map.of("role", "user", "content", "When is low tide?");
        var resources = Map.of("file_search", Map.of("vector_store_ids", List.of(store.id())));
        String thread =
                client.http()
                        .post(
                                "/v1/threads",
                                Map.of("messages", List.of(question), "tool_resources", resources))
                        .ok()
                        .path("id")
                        .asText();

        var run = client.withFileSearch().asksIn(thread, Map.of()).becomes(COMPLETED);

        run.messagesAre("completed").stepsAre("completed", "completed");
    }
}
