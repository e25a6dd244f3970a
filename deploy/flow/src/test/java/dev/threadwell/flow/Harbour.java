package dev.threadwell.flow;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An MCP server of a user, with one tool: that of the official SDK, over Streamable HTTP. */
final class Harbour implements AutoCloseable {

    private static final Map<String, Object> SHIP =
            Map.of("type", "object", "properties", Map.of("ship", Map.of("type", "string")));

    /** Behind the two requests that begin a session. */
    private static final int LISTING = 3;

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);
    private final McpSyncServer mcp;
    private final int port;
    private final AtomicInteger posts = new AtomicInteger();
    private volatile int lastPost = Integer.MAX_VALUE;

    Harbour() throws Exception {
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
                        .toolCall(berth(), (_, call) -> berthOf(call.arguments().get("ship")))
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

    private static McpSchema.Tool berth() {
        return McpSchema.Tool.builder()
                .name("berth")
                .description("Where a ship lies")
                .inputSchema(SHIP)
                .build();
    }

    private static McpSchema.CallToolResult berthOf(Object ship) {
        return McpSchema.CallToolResult.builder().addTextContent(ship + " lies at 7.").build();
    }

    /** Nobody else reaches it once somebody is connected who lists its tools. */
    Harbour closesWhenListed() {
        lastPost = LISTING;
        return this;
    }

    private McpTransportContext note(HttpServletRequest request) {
        if (request.getMethod().equals("POST") && posts.incrementAndGet() == lastPost) {
            connector.close();
        }
        return McpTransportContext.EMPTY;
    }

    String url() {
        return "http://127.0.0.1:%d/mcp".formatted(port);
    }

    @Override
    public void close() throws Exception {
        mcp.close();
        jetty.stop();
    }
}
