package dev.threadwell.toolworker.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.threadwell.assistant.Tool.Mcp;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.platform.mcp.McpException;
import dev.threadwell.platform.mcp.McpServers;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.ToolExecutor;
import dev.threadwell.toolworker.settings.ToolConfig;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Calls a tool of a remote MCP server; errors of the server are reported to the model. */
@ApplicationScoped
public class McpTool implements ToolExecutor {

    private static final Logger LOG = Logger.getLogger(McpTool.class);

    private final McpServers servers;
    private final CancelledRuns cancelled;
    private final InstantSource clock;
    private final int outputBytes;

    @Inject
    McpTool(McpServers servers, CancelledRuns cancelled, InstantSource clock, ToolConfig config) {
        this(servers, cancelled, clock, config.outputBytes());
    }

    McpTool(McpServers servers, CancelledRuns cancelled, InstantSource clock, int outputBytes) {
        this.servers = servers;
        this.cancelled = cancelled;
        this.clock = clock;
        this.outputBytes = outputBytes;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.MCP;
    }

    @Override
    public ToolOutput execute(ToolRequested call) {
        if (!(call.definition() instanceof Mcp server)) {
            return new ToolOutput.Text("There is no such server.");
        }
        JsonNode arguments = arguments(call.arguments());
        if (!arguments.isObject()) {
            return new ToolOutput.Text("The arguments are not a JSON object.");
        }
        try {
            return capped(
                    cancelled
                            .unless(call.runId(), asked(call, server, arguments))
                            .await()
                            .indefinitely());
        } catch (McpException e) {
            LOG.infof(
                    "an MCP server failed runId=%s callId=%s reason=%s",
                    call.runId(), call.callId(), e.getMessage());
            return new ToolOutput.Text(
                    "The server %s failed: %s.".formatted(server.serverLabel(), e.getMessage()));
        }
    }

    private Uni<String> asked(ToolRequested call, Mcp server, JsonNode arguments) {
        return servers.call(call.projectId(), server, call.name(), arguments, left(call));
    }

    private Duration left(ToolRequested call) {
        return Duration.ofSeconds(Math.max(1, call.expiresAt() - clock.instant().getEpochSecond()));
    }

    /**
     * Parses the arguments; blank ones count as an empty object, because some models write nothing.
     */
    private static JsonNode arguments(String written) {
        try {
            return written.isBlank()
                    ? JsonNodeFactory.instance.objectNode()
                    : Json.read(written, JsonNode.class);
        } catch (UncheckedIOException e) {
            return MissingNode.getInstance();
        }
    }

    private ToolOutput capped(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > outputBytes
                ? new ToolOutput.Text(
                        "The tool answered with more than %d bytes.".formatted(outputBytes))
                : new ToolOutput.Text(text);
    }
}
