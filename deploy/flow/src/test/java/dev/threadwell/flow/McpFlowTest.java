package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.test.mcp.TestMcpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tools of a remote MCP server, from the model's call to its next turn. */
@OnInstallation
class McpFlowTest {

    private static final String CALLING =
            simulate(
                    "{'calls':[{'name':'harbour__berth','arguments':{'ship':'Aurora'}}],"
                            + "'then':{'say':'I know.'}}");

    private final Installation installation;
    private final Client client;

    McpFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    /** What the model was told last by those who asked this. */
    private String told(String question) {
        JsonNode messages = installation.model().lastRequest(question).path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        assertThat(last.path("role").asText()).isEqualTo("tool");
        return last.path("content").asText();
    }

    @Test
    void aToolOfAServerNeedsNoClient() throws Exception {
        try (TestMcpServer harbour = new TestMcpServer()) {
            var run = client.withMcp("harbour", harbour.url()).asks("Where is she? " + CALLING);

            run.becomes(COMPLETED).says("I know.").stepsAre("completed", "completed");
            assertThat(run.firstCall().path("type").asText()).isEqualTo("function");
            assertThat(run.firstCall().at("/function/name").asText()).isEqualTo("harbour__berth");
            assertThat(run.firstCall().at("/function/output").asText())
                    .isEqualTo("berth of Aurora");
            assertThat(told("Where is she?")).isEqualTo("berth of Aurora");
        }
    }

    @Test
    void aModelIsToldThatTheServerOfItsToolIsGone() throws Exception {
        // The worker that knows the list is the one that goes on: another would ask for it in vain.
        installation.runWorker(1).stops();
        try (TestMcpServer harbour = new TestMcpServer().closesWhenListed()) {
            var run = client.withMcp("harbour", harbour.url()).asks("Was she here? " + CALLING);

            run.becomes(COMPLETED).says("I know.");
            assertThat(run.firstCall().at("/function/output").asText())
                    .isEqualTo("The server harbour failed: it cannot be reached.");
            assertThat(told("Was she here?"))
                    .isEqualTo(run.firstCall().at("/function/output").asText());
        }
    }

    @Test
    void aServerWhoseToolsNobodyCanListFailsTheRun() throws Exception {
        TestMcpServer harbour = new TestMcpServer();
        harbour.close();

        var run = client.withMcp("harbour", harbour.url()).asks(CALLING);

        run.failsWith("server_error");
        assertThat(run.object().at("/last_error/message").asText())
                .isEqualTo(
                        "The tools of the MCP server 'harbour' cannot be listed: it cannot be"
                                + " reached.");
    }
}
