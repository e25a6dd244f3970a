package dev.threadwell.toolworker.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.tool.ToolSecret;
import dev.threadwell.persistence.tool.ToolSecrets;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.mcp.McpConfig;
import dev.threadwell.platform.mcp.McpException;
import dev.threadwell.platform.mcp.McpFunction;
import dev.threadwell.platform.mcp.McpServers;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.test.mcp.TestMcpServer;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.HeldPort;
import dev.threadwell.toolworker.LocalEgress;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tools of a real server: what a model is offered, and what it is told. */
class McpToolTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static Vertx vertx;
    private static Egress egress;

    private final CancelledRuns cancelled = new CancelledRuns();
    private TestMcpServer server;
    private McpServers servers;

    @BeforeEach
    void open() throws Exception {
        server = new TestMcpServer();
        servers = new McpServers(egress, secrets(), config(LONG), Tracing.OFF);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @BeforeAll
    static void openAll() {
        vertx = Vertx.vertx();
        egress = LocalEgress.open(vertx);
    }

    @AfterAll
    static void closeAll() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static ToolSecrets secrets() {
        return new ToolSecrets(null) {
            @Override
            public Uni<ToolSecret> find(String projectId, @Nullable String id) {
                return Uni.createFrom()
                        .item(
                                id == null
                                        ? ToolSecret.NONE
                                        : new ToolSecret(
                                                null, Map.of("authorization", "Bearer tide")));
            }
        };
    }

    private static McpConfig config(Duration timeout) {
        return new McpConfig() {
            @Override
            public Duration listFor() {
                return Duration.ofMinutes(5);
            }

            @Override
            public Duration listTimeout() {
                return timeout;
            }

            @Override
            public Duration callTimeout() {
                return timeout;
            }

            @Override
            public int maxTools() {
                return 128;
            }

            @Override
            public int maxBytes() {
                return 100_000;
            }
        };
    }

    private Tool.Mcp harbour(@Nullable List<String> allowed, @Nullable String secret) {
        return new Tool.Mcp("harbour", server.url(), allowed, "never", secret);
    }

    private List<McpFunction> functions(Tool.Mcp mcp) {
        return servers.functions("proj", mcp).await().atMost(LONG);
    }

    private String calls(Tool.Mcp mcp, String name, String arguments) {
        ToolOutput output =
                new McpTool(servers, cancelled, InstantSource.system(), 1_000)
                        .execute(
                                new ToolRequested(
                                        "proj",
                                        "thread_pier",
                                        "run_ferry",
                                        "step_1",
                                        "call_t",
                                        ToolKind.MCP,
                                        mcp,
                                        name,
                                        arguments,
                                        4_000_000_000L));
        return ((ToolOutput.Text) output).output();
    }

    private String calls(String name) {
        return calls(harbour(null, null), name, "{}");
    }

    @Test
    void aModelIsOfferedTheToolsOfTheServer() {
        McpFunction berth =
                functions(harbour(null, null)).stream()
                        .filter(f -> f.name().equals("berth"))
                        .findFirst()
                        .orElseThrow();
        Tool.Definition offered = berth.at(harbour(null, null)).function();
        assertThat(offered.name()).isEqualTo("harbour__berth");
        assertThat(offered.description()).isEqualTo("What berth does");
        assertThat(offered.parameters()).containsEntry("type", "object").containsKey("properties");
    }

    @Test
    void onlyAllowedToolsAreOffered() {
        assertThat(functions(harbour(List.of("sink", "unknown"), null)))
                .extracting(McpFunction::name)
                .containsExactly("sink");
    }

    @Test
    void aToolIsCalledWithItsArguments() {
        assertThat(calls(harbour(null, null), "harbour__berth", "{\"ship\":\"Aurora\"}"))
                .isEqualTo("berth of Aurora");
    }

    @Test
    void aNameThatNoFunctionMayHaveIsChangedAndFoundAgain() {
        Tool.Mcp mcp = harbour(null, null);
        String offered =
                functions(mcp).stream()
                        .filter(f -> f.name().equals("harbour.office.list"))
                        .map(f -> f.nameAt(mcp))
                        .findFirst()
                        .orElseThrow();
        assertThat(offered).matches("harbour__harbour_office_list_[0-9a-f]{8}");
        assertThat(calls(offered)).isEqualTo("one\ntwo");
    }

    @Test
    void aLongNameFitsAndStaysDistinct() {
        Tool.Mcp mcp = harbour(null, null);
        String one = new McpFunction("a".repeat(70) + "1", null, Map.of()).nameAt(mcp);
        String other = new McpFunction("a".repeat(70) + "2", null, Map.of()).nameAt(mcp);
        assertThat(one).hasSize(64).isNotEqualTo(other);
    }

    @Test
    void aToolThatFailsTellsTheModel() {
        assertThat(calls("harbour__sink")).isEqualTo("The tool failed: it floats");
    }

    @Test
    void aToolThatIsNotThereTellsTheModel() {
        assertThat(calls("harbour__fly"))
                .isEqualTo("The server harbour failed: it has no such tool.");
    }

    @Test
    void aToolThatIsNotAllowedIsNotCalled() {
        assertThat(calls(harbour(List.of("berth"), null), "harbour__sink", "{}"))
                .isEqualTo("The server harbour failed: it has no such tool.");
    }

    @Test
    void aResultThatIsTooLargeIsNotTaken() {
        assertThat(calls("harbour__load"))
                .isEqualTo("The tool answered with more than 1000 bytes.");
    }

    @Test
    void argumentsThatAreNoObjectAreSaidToBe() {
        assertThat(calls(harbour(null, null), "harbour__berth", "\"Aurora\""))
                .isEqualTo("The arguments are not a JSON object.");
    }

    @Test
    void aListIsAskedForOnce() {
        functions(harbour(null, null));
        int asked = server.authorizations().size();
        functions(harbour(List.of("berth"), null));
        assertThat(server.authorizations()).hasSize(asked);
    }

    @Test
    void aToolIsNotWaitedForWhenTheRunIsCancelled() {
        server.anchored().thenRun(() -> cancelled.add("run_ferry"));
        assertThatThrownBy(() -> calls("harbour__anchor"))
                .isInstanceOf(CancelledRuns.Cancelled.class);
    }

    @Test
    void everyRequestCarriesTheSecretHeaders() {
        calls(harbour(null, "secret_1"), "harbour__berth", "{\"ship\":\"Aurora\"}");
        assertThat(server.authorizations()).isNotEmpty().containsOnly("Bearer tide");
    }

    @Test
    void aListOfOneWhoAsksOtherwiseIsNotShared() {
        functions(harbour(null, "secret_1"));
        int asked = server.authorizations().size();
        functions(harbour(null, null));
        assertThat(server.authorizations()).hasSizeGreaterThan(asked);
        assertThat(server.authorizations().getLast()).isEqualTo("null");
    }

    @Test
    void aServerThatIsNotThereIsSaidToBe() {
        try (HeldPort port = new HeldPort()) {
            String url = "http://127.0.0.1:" + port.number() + "/mcp";
            assertThatThrownBy(() -> functions(new Tool.Mcp("gone", url, null, "never", null)))
                    .isInstanceOf(McpException.class)
                    .hasMessage("it cannot be reached");
        }
    }

    @Test
    void aServerInsideIsNotAsked() {
        Tool.Mcp inside = new Tool.Mcp("inside", "http://169.254.169.254/mcp", null, "never", null);
        assertThatThrownBy(() -> functions(inside))
                .isInstanceOf(McpException.class)
                .hasMessage("its host is not on the public Internet");
    }
}
