package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What code does in a real sandbox, as a client sees it. */
@OnInstallation
class CodeFlowTest {

    private final Client client;

    CodeFlowTest(Installation installation) {
        client = installation.client().withCodeInterpreter();
    }

    private static String coding(String code, String answer) {
        return simulate(
                "{'calls':[{'name':'code_interpreter','arguments':{'code':'%s'}}],'then':{'say':'%s'}}"
                        .formatted(code.replace("\"", "\\\""), answer));
    }

    private static JsonNode outputs(ClientRun run) {
        return run.firstCall().at("/code_interpreter/outputs");
    }

    private byte[] content(String fileId) throws IOException {
        try (InputStream bytes =
                client.http().stream("/v1/files/" + fileId + "/content", Map.of())) {
            return bytes.readAllBytes();
        }
    }

    @Test
    void whatCodePrintsIsLogsAndTheRunGoesOn() {
        var run = client.asks(coding("print(6 * 7)", "Forty-two."));

        run.becomes(COMPLETED).says("Forty-two.");
        assertThat(outputs(run).toString()).isEqualTo("[{\"type\":\"logs\",\"logs\":\"42\\n\"}]");
    }

    @Test
    void variablesStayFromRunToRunOfAThread() {
        var first = client.asks(coding("kept = 41", "Noted.")).becomes(COMPLETED);
        client.http()
                .post(
                        "/v1/threads/" + first.thread() + "/messages",
                        Map.of("role", "user", "content", coding("print(kept + 1)", "There.")))
                .ok();

        var second = client.asksIn(first.thread(), Map.of()).becomes(COMPLETED);

        assertThat(outputs(second).at("/0/logs").asText()).isEqualTo("42\n");
    }

    @Test
    void codeOfACancelledRunKeepsNoOtherWaiting() {
        var run = client.asks(coding("import time; time.sleep(600)", "Late."));
        Eventually.isTrue("the call is under way", () -> !run.steps().isEmpty());

        run.cancels().becomes(CANCELLED);

        client.says(run.thread(), coding("print(6 * 7)", "Forty-two."));
        client.asksIn(run.thread(), Map.of()).becomes(COMPLETED).says("Forty-two.");
    }

    @Test
    void aFileThatCodeWritesIsLinkedAndCanBeDownloaded() throws IOException {
        var run =
                client.asks(
                        coding(
                                "open(\"/mnt/data/tides.csv\", \"w\").write(\"a,b\")",
                                "[Tides](sandbox:/mnt/data/tides.csv)"));

        run.becomes(COMPLETED);
        JsonNode annotation = run.messages().getLast().at("/content/0/text/annotations/0");
        assertThat(annotation.path("type").asText()).isEqualTo("file_path");
        assertThat(annotation.path("text").asText()).isEqualTo("sandbox:/mnt/data/tides.csv");
        String file = annotation.at("/file_path/file_id").asText();
        assertThat(client.http().get("/v1/files/" + file).ok().path("purpose").asText())
                .isEqualTo("assistants_output");
        assertThat(content(file)).asString().isEqualTo("a,b");
    }

    @Test
    void aChartIsShownInTheMessageAndCanBeDownloaded() throws IOException {
        var run =
                client.asks(
                        coding(
                                "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()",
                                "Up."));

        run.becomes(COMPLETED);
        String shown = outputs(run).at("/0/image/file_id").asText();
        JsonNode content = run.messages().getLast().path("content");
        assertThat(content.at("/0/image_file/file_id").asText()).isEqualTo(shown);
        assertThat(content.at("/1/text/value").asText()).isEqualTo("Up.");
        assertThat(content(shown)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void codeOpensTheFilesOfItsAssistantByTheirIds() {
        String file = client.http().upload("rates.csv", "day,rate\n1,7\n").ok().path("id").asText();
        String assistant =
                client.http()
                        .post(
                                "/v1/assistants",
                                Map.of(
                                        "model",
                                        "gpt-4o",
                                        "tools",
                                        List.of(Map.of("type", "code_interpreter")),
                                        "tool_resources",
                                        Map.of(
                                                "code_interpreter",
                                                Map.of("file_ids", List.of(file)))))
                        .ok()
                        .path("id")
                        .asText();
        String thread =
                client.thread(
                        coding("print(open(\"/mnt/data/" + file + "\").read())", "As it is."));
        JsonNode created =
                client.http()
                        .post("/v1/threads/" + thread + "/runs", Map.of("assistant_id", assistant))
                        .ok();

        var run = ClientRun.polled(client.http(), thread, created).becomes(COMPLETED);

        assertThat(outputs(run).at("/0/logs").asText()).isEqualTo("day,rate\n1,7\n\n");
    }
}
