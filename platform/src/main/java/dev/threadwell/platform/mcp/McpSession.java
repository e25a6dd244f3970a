package dev.threadwell.platform.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.egress.EgressAnswer;
import dev.threadwell.platform.egress.EgressException;
import dev.threadwell.platform.egress.EgressRequest;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.JsonMemoryEstimate;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A session with an MCP server over Streamable HTTP, from {@code initialize} to its end. Requests
 * are sequential. Not thread-safe.
 */
final class McpSession {

    /** Our protocol version; a server with another version names it in its response. */
    static final String PROTOCOL = "2025-06-18";

    /** The limit on a parsed answer's memory, against JSON of countless small values. */
    private static final long MOST_WEIGHT = 16 << 20;

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Egress egress;
    private final URI url;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final int maxBytes;

    private int lastId;
    private @Nullable String session;
    private @Nullable String protocol;

    /**
     * @param headers secret headers, e.g. {@code authorization}
     * @param timeout the limit for each request
     */
    McpSession(
            Egress egress, URI url, Map<String, String> headers, Duration timeout, int maxBytes) {
        this.egress = egress;
        this.url = url;
        this.headers = headers;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    /** Initializes the session. */
    Uni<Void> begin() {
        Map<String, Object> greeting =
                Map.of(
                        "protocolVersion",
                        PROTOCOL,
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", "threadwell", "version", "1"));
        return request("initialize", greeting)
                .invoke(result -> protocol = result.path("protocolVersion").asText(PROTOCOL))
                .chain(() -> send(Map.of("jsonrpc", "2.0", "method", "notifications/initialized")))
                .invoke(McpSession::mustSucceed)
                .replaceWithVoid();
    }

    /** Sends a request and returns its result. */
    Uni<JsonNode> request(String method, Map<String, Object> parameters) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            int id = ++lastId;
                            Map<String, Object> message = new LinkedHashMap<>();
                            message.put("jsonrpc", "2.0");
                            message.put("id", id);
                            message.put("method", method);
                            message.put("params", parameters);
                            return send(message, id).map(answer -> result(answer, id));
                        });
    }

    private JsonNode result(EgressAnswer answer, int id) {
        mustSucceed(answer);
        String named = answer.header("mcp-session-id");
        if (named != null) {
            session = named;
        }
        String type = answer.header("content-type");
        if (JsonMemoryEstimate.of(answer.body()) > MOST_WEIGHT) {
            throw new McpException("its answer has too many values");
        }
        boolean events = type != null && type.startsWith("text/event-stream");
        JsonNode message = RpcResponse.find(answer.body(), events, id);
        if (message == null) {
            throw new McpException("it did not answer the request");
        }
        if (message.has("error")) {
            throw new McpException(
                    "it answered with an error: " + message.path("error").path("message").asText());
        }
        return message.path("result");
    }

    private static void mustSucceed(EgressAnswer answer) {
        if (!answer.succeeded()) {
            throw new McpException("it answered with status " + answer.status());
        }
    }

    private Uni<EgressAnswer> send(Object message) {
        return send(message, -1);
    }

    /** Reads an event stream only up to the answer, because the server may keep it open. */
    private Uni<EgressAnswer> send(Object message, int id) {
        AtomicInteger seen = new AtomicInteger();
        return sent(
                EgressRequest.post(url, allHeaders(), Json.bytes(message), timeout, maxBytes)
                        .until(body -> hasAnswer(body, id, seen)));
    }

    /**
     * Whether the answer has arrived. Each event is parsed once only, in however small pieces the
     * server sends it.
     *
     * @param seen the number of bytes that have been parsed
     */
    private static boolean hasAnswer(Buffer body, int id, AtomicInteger seen) {
        if (!endsEvent(body)) {
            return false;
        }
        byte[] events = body.getBytes(seen.get(), body.length());
        seen.set(body.length());
        return RpcResponse.find(events, true, id) != null;
    }

    /** Whether the body ends with an empty line, which ends an event. */
    private static boolean endsEvent(Buffer body) {
        int line = withoutLineEnd(body, body.length());
        return line < body.length() && withoutLineEnd(body, line) < line;
    }

    private static int withoutLineEnd(Buffer body, int end) {
        if (end > 0 && body.getByte(end - 1) == '\n') {
            return end > 1 && body.getByte(end - 2) == '\r' ? end - 2 : end - 1;
        }
        return end > 0 && body.getByte(end - 1) == '\r' ? end - 1 : end;
    }

    private Uni<EgressAnswer> sent(EgressRequest request) {
        return egress.send(request)
                .onFailure(EgressException.class)
                .transform(failure -> new McpException(((EgressException) failure).why()));
    }

    private Map<String, String> allHeaders() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("content-type", "application/json");
        all.put("accept", "application/json, text/event-stream");
        if (session != null) {
            all.put("mcp-session-id", session);
        }
        if (protocol != null) {
            all.put("mcp-protocol-version", protocol);
        }
        return all;
    }

    /** Deletes the session on the server, without waiting for the response. */
    void end() {
        if (session != null) {
            var _ =
                    egress.send(
                                    new EgressRequest(
                                            "DELETE",
                                            url,
                                            allHeaders(),
                                            null,
                                            FAREWELL,
                                            maxBytes,
                                            _ -> false))
                            .subscribe()
                            .with(_ -> {}, _ -> {});
        }
    }
}
