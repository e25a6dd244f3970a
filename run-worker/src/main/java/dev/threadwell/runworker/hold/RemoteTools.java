package dev.threadwell.runworker.hold;

import dev.threadwell.assistant.Tool;
import dev.threadwell.mcp.McpException;
import dev.threadwell.mcp.McpServers;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.store.RunRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Puts the functions of MCP servers in the place of the servers, for a model knows functions. */
@ApplicationScoped
public class RemoteTools {

    private final McpServers servers;

    @Inject
    public RemoteTools(McpServers servers) {
        this.servers = servers;
    }

    /** The run as its model is asked; fails with {@link Unaskable}. */
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
                .transform(why -> unaskable(server, why))
                .map(
                        found -> {
                            found.stream()
                                    .map(function -> function.at(server))
                                    .filter(function -> isExecutedBy(server, row.run(), function))
                                    .forEach(before::add);
                            return before;
                        });
    }

    /** Without its tools, it would answer something else. */
    private static Unaskable unaskable(Tool.Mcp server, Throwable why) {
        return new Unaskable(
                new RunError(
                        "server_error",
                        "The tools of the MCP server '%s' cannot be listed: %s."
                                .formatted(server.serverLabel(), why.getMessage())));
    }

    /** A function of the client that has the same name is the one that is meant. */
    private static boolean isExecutedBy(Tool.Mcp server, Run run, Tool.Function function) {
        return server.equals(Tool.executing(run.tools(), function.function().name()));
    }
}
