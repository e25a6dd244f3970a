package dev.threadwell.runworker.prompt;

import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.mcp.McpException;
import dev.threadwell.platform.mcp.McpServers;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the MCP servers among a run's tools by their functions, because models know only
 * functions.
 */
@ApplicationScoped
public class McpFunctions {

    private final McpFunctionSource servers;

    @Inject
    public McpFunctions(McpServers servers) {
        this(servers::functions);
    }

    /** Creates an instance with another source of functions. */
    public McpFunctions(McpFunctionSource servers) {
        this.servers = servers;
    }

    /**
     * The run with the tools that are offered to its model; fails with {@link PromptUnavailable}.
     */
    Uni<Run> offered(RunRow row) {
        if (row.run().tools().stream().noneMatch(Tool.Mcp.class::isInstance)) {
            return Uni.createFrom().item(row.run());
        }
        Uni<List<Tool>> all = Uni.createFrom().item(new ArrayList<>());
        for (Tool tool : row.run().tools()) {
            all = all.chain(before -> with(row, before, tool));
        }
        return all.map(tools -> row.run().withTools(tools));
    }

    private Uni<List<Tool>> with(RunRow row, List<Tool> before, Tool tool) {
        if (!(tool instanceof Tool.Mcp server)) {
            before.add(tool);
            return Uni.createFrom().item(before);
        }
        return servers.functions(row.projectId(), server)
                .onFailure(McpException.class)
                .transform(why -> unavailable(server, why))
                .map(
                        found -> {
                            found.stream()
                                    .map(function -> function.at(server))
                                    .filter(function -> isExecutedBy(server, row.run(), function))
                                    .forEach(before::add);
                            return before;
                        });
    }

    /**
     * The error that ends the run: without the server's tools the model would give a different
     * answer.
     */
    private static PromptUnavailable unavailable(Tool.Mcp server, Throwable why) {
        return new PromptUnavailable(
                new RunError(
                        "server_error",
                        "The tools of the MCP server '%s' cannot be listed: %s."
                                .formatted(server.serverLabel(), why.getMessage())));
    }

    /**
     * Whether a call of the function goes to this server: a function of the client takes precedence
     * over a server's function of the same name.
     */
    private static boolean isExecutedBy(Tool.Mcp server, Run run, Tool.Function function) {
        return server.equals(Tool.executing(run.tools(), function.function().name()));
    }
}
