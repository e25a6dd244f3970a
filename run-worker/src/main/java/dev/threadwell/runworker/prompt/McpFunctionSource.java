package dev.threadwell.runworker.prompt;

import dev.threadwell.assistant.Tool;
import dev.threadwell.platform.mcp.McpFunction;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Lists the functions of an MCP server; fails with an {@code McpException}. */
@FunctionalInterface
public interface McpFunctionSource {

    /** The functions of the server that a model may call. */
    Uni<List<McpFunction>> functions(String projectId, Tool.Mcp server);
}
