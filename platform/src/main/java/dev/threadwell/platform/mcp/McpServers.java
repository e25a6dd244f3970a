package dev.threadwell.platform.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists the tools of MCP servers and calls them. Each listing and each call has its own session.
 */
@ApplicationScoped
public class McpServers {

    private static final int MOST_PAGES = 20;
    private static final int MOST_LISTED = 2_000;

    private final Egress egress;
    private final SecretHeaders secrets;
    private final McpConfig config;
    private final McpToolCache lists;
    private final Tracing tracing;

    @Inject
    public McpServers(Egress egress, SecretHeaders secrets, McpConfig config, Tracing tracing) {
        this.egress = egress;
        this.secrets = secrets;
        this.config = config;
        this.tracing = tracing;
        this.lists = new McpToolCache(config.listFor());
    }

    /** The tools that a model may call; fails with an {@link McpException}. */
    public Uni<List<McpFunction>> functions(String projectId, Tool.Mcp server) {
        return lists.get(
                        new McpToolCache.Key(projectId, server.serverUrl(), server.secretId()),
                        () -> list(projectId, server))
                .map(all -> allowed(server, all));
    }

    private List<McpFunction> allowed(Tool.Mcp server, List<McpFunction> all) {
        List<String> names = server.allowedTools();
        return all.stream()
                .filter(tool -> names == null || names.contains(tool.name()))
                .limit(config.maxTools())
                .toList();
    }

    private Uni<List<McpFunction>> list(String projectId, Tool.Mcp server) {
        return within(
                projectId,
                server,
                config.listTimeout(),
                session -> page(session, null, new ArrayList<>(), 1));
    }

    private static Uni<List<McpFunction>> page(
            McpSession session, @Nullable String cursor, List<McpFunction> found, int number) {
        return session.request("tools/list", cursor == null ? Map.of() : Map.of("cursor", cursor))
                .chain(
                        result -> {
                            for (JsonNode tool : result.path("tools")) {
                                found.add(function(tool));
                            }
                            String next = result.path("nextCursor").asText("");
                            boolean enough = number == MOST_PAGES || found.size() >= MOST_LISTED;
                            return next.isEmpty() || enough
                                    ? Uni.createFrom().item(List.copyOf(found))
                                    : page(session, next, found, number + 1);
                        });
    }

    private static McpFunction function(JsonNode tool) {
        return new McpFunction(
                tool.path("name").asText(),
                tool.hasNonNull("description") ? tool.get("description").asText() : null,
                schema(tool.path("inputSchema")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> schema(JsonNode schema) {
        return schema.isObject() ? Json.read(schema, Map.class) : Map.of("type", "object");
    }

    /**
     * Calls a tool and returns its result as text; fails with an {@link McpException}.
     *
     * @param name the function name that the model called, see {@link McpFunction#nameAt}
     * @param timeout a limit in addition to {@link McpConfig#callTimeout}
     */
    public Uni<String> call(
            String projectId, Tool.Mcp server, String name, Object arguments, Duration timeout) {
        String context = tracing.outgoing();
        return functions(projectId, server)
                .map(all -> named(all, server, name))
                .chain(
                        tool ->
                                within(
                                        projectId,
                                        server,
                                        shorter(timeout, config.callTimeout()),
                                        session -> call(session, tool, arguments, context)));
    }

    private static McpFunction named(List<McpFunction> all, Tool.Mcp server, String name) {
        return all.stream()
                .filter(one -> one.nameAt(server).equals(name))
                .findFirst()
                .orElseThrow(() -> new McpException("it has no such tool"));
    }

    private static Uni<String> call(
            McpSession session, McpFunction tool, Object arguments, @Nullable String context) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("name", tool.name());
        parameters.put("arguments", arguments);
        if (context != null) {
            parameters.put("_meta", Map.of(Tracing.HEADER, context));
        }
        return session.request("tools/call", parameters).map(McpResult::text);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private <T> Uni<T> within(
            String projectId,
            Tool.Mcp server,
            Duration timeout,
            Function<McpSession, Uni<T>> work) {
        return secrets.headers(projectId, server.secretId())
                .map(
                        headers ->
                                new McpSession(
                                        egress,
                                        URI.create(server.serverUrl()),
                                        headers,
                                        timeout,
                                        config.maxBytes()))
                .chain(
                        session ->
                                session.begin()
                                        .chain(() -> work.apply(session))
                                        .ifNoItem()
                                        .after(timeout)
                                        .failWith(() -> new McpException("it took too long"))
                                        .onTermination()
                                        .invoke(session::end));
    }
}
