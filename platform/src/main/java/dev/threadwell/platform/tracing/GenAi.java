package dev.threadwell.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * The names of OpenTelemetry's conventions for generative AI, pinned at v0.1.0: these names still
 * move from release to release, so that no other class writes one.
 */
public final class GenAi {

    /** The version of the conventions, as the schema of the instrumentation scope. */
    public static final String SCHEMA_URL = "https://opentelemetry.io/schemas/gen-ai/0.1.0";

    /** What a span is about: {@link #CHAT}, {@link #INVOKE_AGENT} and so on. */
    public static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("gen_ai.operation.name");

    public static final String CHAT = "chat";
    public static final String INVOKE_AGENT = "invoke_agent";
    public static final String EXECUTE_TOOL = "execute_tool";
    public static final String RETRIEVAL = "retrieval";

    /** The thread. */
    public static final AttributeKey<String> CONVERSATION =
            AttributeKey.stringKey("gen_ai.conversation.id");

    public static final AttributeKey<String> PROVIDER =
            AttributeKey.stringKey("gen_ai.provider.name");
    public static final AttributeKey<String> REQUEST_MODEL =
            AttributeKey.stringKey("gen_ai.request.model");
    public static final AttributeKey<Boolean> REQUEST_STREAM =
            AttributeKey.booleanKey("gen_ai.request.stream");
    public static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

    /** In seconds. */
    public static final AttributeKey<Double> TIME_TO_FIRST_CHUNK =
            AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");

    public static final AttributeKey<Long> INPUT_TOKENS =
            AttributeKey.longKey("gen_ai.usage.input_tokens");
    public static final AttributeKey<Long> OUTPUT_TOKENS =
            AttributeKey.longKey("gen_ai.usage.output_tokens");
    public static final AttributeKey<Long> CACHED_TOKENS =
            AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
    public static final AttributeKey<Long> REASONING_TOKENS =
            AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");

    public static final AttributeKey<String> TOOL_NAME = AttributeKey.stringKey("gen_ai.tool.name");

    /** One of {@code function}, {@code extension} and {@code datastore}. */
    public static final AttributeKey<String> TOOL_TYPE = AttributeKey.stringKey("gen_ai.tool.type");

    public static final AttributeKey<String> TOOL_CALL =
            AttributeKey.stringKey("gen_ai.tool.call.id");

    public static final AttributeKey<Long> RETRIEVAL_TOP_K =
            AttributeKey.longKey("gen_ai.retrieval.top_k");
    public static final AttributeKey<String> DATA_SOURCE =
            AttributeKey.stringKey("gen_ai.data_source.id");

    private GenAi() {}
}
