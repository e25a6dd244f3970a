package dev.threadwell.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The names of attributes that are not about generative AI: OpenTelemetry's stable ones and ours.
 */
public final class SpanKeys {

    /** Why the operation failed: a word of a small set, never a message. */
    public static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    public static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    public static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    public static final AttributeKey<Long> STATUS =
            AttributeKey.longKey("http.response.status_code");
    public static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    public static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

    public static final AttributeKey<String> TOPIC =
            AttributeKey.stringKey("messaging.destination.name");
    public static final AttributeKey<String> MESSAGING = AttributeKey.stringKey("messaging.system");
    public static final AttributeKey<String> MESSAGING_OPERATION =
            AttributeKey.stringKey("messaging.operation.type");

    public static final AttributeKey<String> MCP_METHOD = AttributeKey.stringKey("mcp.method.name");

    public static final AttributeKey<String> REQUEST_ID =
            AttributeKey.stringKey("threadwell.request.id");
    public static final AttributeKey<String> PROJECT =
            AttributeKey.stringKey("threadwell.project.id");
    public static final AttributeKey<String> ASSISTANT =
            AttributeKey.stringKey("threadwell.assistant.id");
    public static final AttributeKey<String> RUN = AttributeKey.stringKey("threadwell.run.id");
    public static final AttributeKey<String> STEP = AttributeKey.stringKey("threadwell.step.id");
    public static final AttributeKey<String> WORKER =
            AttributeKey.stringKey("threadwell.worker.id");

    /**
     * The number of the claim that a turn is executed under; it grows with each claim of the run.
     */
    public static final AttributeKey<Long> EPOCH = AttributeKey.longKey("threadwell.run.epoch");

    /** Why a turn began: {@code queued}, {@code tools_answered}, {@code taken_over}. */
    public static final AttributeKey<String> TURN_START =
            AttributeKey.stringKey("threadwell.turn.start");

    /** How a turn ended: the status of the run, or {@code awaits_tools}, {@code lost}. */
    public static final AttributeKey<String> TURN_END =
            AttributeKey.stringKey("threadwell.turn.end");

    public static final AttributeKey<Long> RESULTS =
            AttributeKey.longKey("threadwell.retrieval.results");

    private SpanKeys() {}
}
