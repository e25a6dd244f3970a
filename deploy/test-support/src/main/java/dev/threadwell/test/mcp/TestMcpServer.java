package dev.threadwell.test.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A real MCP server with a few tools: that of the official SDK, over Streamable HTTP. */
public final class TestMcpServer implements AutoCloseable {

    private static final Map<String, Object> SHIP =
            Map.of("type", "object", "properties", Map.of("ship", Map.of("type", "string")));

    /** The first request that lists the tools, behind the two that begin a session. */
    private static final int LISTING = 3;

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);
    private final McpSyncServer mcp;
    private final int port;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> anchored = new CompletableFuture<>();
    private final CompletableFuture<String> weighed = new CompletableFuture<>();
    private volatile int lastPost = Integer.MAX_VALUE;

    public TestMcpServer() throws Exception {
        var json = new JacksonMcpJsonMapper(new ObjectMapper());
        var transport =
                HttpServletStreamableServerTransportProvider.builder()
                        .jsonMapper(json)
                        .mcpEndpoint("/mcp")
                        .contextExtractor(this::note)
                        .build();
        mcp =
                McpServer.sync(transport)
                        .jsonMapper(json)
                        .jsonSchemaValidator(new DefaultJsonSchemaValidator())
                        .serverInfo("harbour", "1")
                        .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                        .toolCall(
                                tool("berth"),
                                (_, call) ->
                                        said("berth of " + call.arguments().get("ship")).build())
                        .toolCall(tool("sink"), (_, _) -> said("it floats").isError(true).build())
                        .toolCall(tool("anchor"), (_, _) -> anchor())
                        .toolCall(tool("load"), (_, _) -> said("x".repeat(5_000)).build())
                        .toolCall(
                                tool("harbour.office.list"),
                                (_, _) -> said("one").addTextContent("two").build())
                        .build();
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(transport);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        jetty.setHandler(context);
        jetty.start();
        port = connector.getLocalPort();
    }

    /** Accepts no new connection once a client has listed the tools. */
    public TestMcpServer closesWhenListed() {
        lastPost = LISTING;
        return this;
    }

    /**
     * The authorization header of each message, in their order, without the end of a session, which
     * nobody waits for and which comes at any time.
     */
    public List<String> authorizations() {
        return authorizations;
    }

    /** Done when the tool "anchor" is called, which answers when the server is closed. */
    public CompletableFuture<Void> anchored() {
        return anchored;
    }

    private McpTransportContext note(HttpServletRequest request) {
        if (request.getMethod().equals("POST")) {
            authorizations.add(String.valueOf(request.getHeader("authorization")));
            if (authorizations.size() == lastPost) {
                connector.close();
            }
        }
        return McpTransportContext.EMPTY;
    }

    private static McpSchema.Tool tool(String name) {
        return McpSchema.Tool.builder()
                .name(name)
                .description("What " + name + " does")
                .inputSchema(SHIP)
                .build();
    }

    private McpSchema.CallToolResult anchor() {
        anchored.complete(null);
        return said(weighed.join()).build();
    }

    private static McpSchema.CallToolResult.Builder said(String text) {
        return McpSchema.CallToolResult.builder().addTextContent(text);
    }

    public String url() {
        return "http://127.0.0.1:%d/mcp".formatted(port);
    }

    @Override
    public void close() throws Exception {
        weighed.complete("anchored");
        mcp.close();
        jetty.stop();
    }
}
