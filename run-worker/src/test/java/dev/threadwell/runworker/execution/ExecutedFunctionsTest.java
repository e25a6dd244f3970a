package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.platform.mcp.McpException;
import dev.threadwell.run.RunStatus;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions with a binding are called by a tool worker, not by the client. */
class ExecutedFunctionsTest {

    private static final Tool.Mcp HARBOUR =
            new Tool.Mcp("harbour", "https://mcp.test/", null, "never", "secret_1");

    private static final Tool.Function TIDES =
            new Tool.Function(
                    ((Tool.Function) Samples.function("tides")).function(),
                    new Binding(new Binding.Http("https://tides.test/"), null, 30, true, null));

    private ExecutionFixture fixture = new ExecutionFixture(Samples.run());

    @AfterEach
    void close() {
        fixture.close();
    }

    private void runs(Tool... tools) {
        fixture.close();
        fixture = new ExecutionFixture(Samples.run(tools));
    }

    private void calls(String... names) {
        fixture.asked();
        for (int i = 0; i < names.length; i++) {
            fixture.says(new ModelEvent.Call(i, "call_" + i, names[i], "{\"day\":1}"));
        }
        fixture.says(new ModelEvent.Finished("tool_calls"));
        fixture.stops();
        fixture.untilReleased();
    }

    private ToolRequested requested() {
        assertThat(fixture.runs.requests).hasSize(1);
        return Json.read(fixture.runs.requests.getFirst().payload(), ToolRequested.class);
    }

    private RunStatus status() {
        return fixture.runs.row().run().status();
    }

    @Test
    void aBoundFunctionIsAskedOfAToolWorker() {
        runs(TIDES);
        calls("tides");
        assertThat(requested().tool()).isEqualTo(ToolKind.FUNCTION);
        assertThat(requested().name()).isEqualTo("tides");
        assertThat(requested().arguments()).isEqualTo("{\"day\":1}");
        assertThat(requested().definition()).isEqualTo(TIDES);
        assertThat(status()).isEqualTo(RunStatus.IN_PROGRESS);
    }

    @Test
    void aFunctionOfTheClientIsNot() {
        runs(TIDES, Samples.function("weather"));
        calls("tides", "weather");
        assertThat(requested().name()).isEqualTo("tides");
    }

    @Test
    void aFunctionOfAServerIsAskedOfAToolWorkerWithoutItsSecret() {
        runs(HARBOUR);
        calls("harbour__berth");
        assertThat(requested().tool()).isEqualTo(ToolKind.MCP);
        assertThat(requested().name()).isEqualTo("harbour__berth");
        assertThat(requested().definition()).isEqualTo(HARBOUR);
        assertThat(fixture.model.asked).contains("\"harbour__berth\"").doesNotContain("secret_1");
    }

    @Test
    void aFunctionOfTheClientWithTheNameOfAServersIsTheOneThatIsMeant() {
        runs(HARBOUR, Samples.function("harbour__berth"));
        calls("harbour__berth");
        assertThat(fixture.runs.requests).isEmpty();
        assertThat(status()).isEqualTo(RunStatus.REQUIRES_ACTION);
    }

    @Test
    void aRunWhoseServerListsNothingFailsAndSaysWhy() {
        runs(HARBOUR);
        fixture.unlisted = new McpException("it cannot be reached");
        fixture.start(fixture.fresh());
        fixture.untilReleased();
        assertThat(status()).isEqualTo(RunStatus.FAILED);
        assertThat(fixture.runs.row().run().lastError().message())
                .isEqualTo(
                        "The tools of the MCP server 'harbour' cannot be listed: it cannot be"
                                + " reached.");
        assertThat(fixture.model.listener).isNull();
    }
}
