package dev.threadwell.toolworker;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.platform.tracing.GenAi;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The span of one execution of a call, below the turn that made it. A call that is executed twice
 * has two. While the tool works, its thread is in the span, so that the tool's own spans are below.
 */
final class CallSpan implements AutoCloseable {

    private final Span span;
    private final Scope scope;

    // The scope is closed with the span, on the same thread.
    @SuppressWarnings("MustBeClosedChecker")
    private CallSpan(Span span) {
        this.span = span;
        this.scope = span.makeCurrent();
    }

    /** Begins the span on the thread that executes the call. */
    static CallSpan begin(Tracing tracing, ToolRequested call, @Nullable String turn) {
        if (!tracing.continues(turn)) {
            return new CallSpan(Span.getInvalid());
        }
        Span span = tracing.below(turn, SpanKind.INTERNAL, GenAi.EXECUTE_TOOL + " " + call.name());
        span.setAttribute(GenAi.OPERATION, GenAi.EXECUTE_TOOL);
        span.setAttribute(GenAi.TOOL_NAME, call.name());
        span.setAttribute(GenAi.TOOL_TYPE, type(call.tool()));
        span.setAttribute(GenAi.TOOL_CALL, call.callId());
        span.setAttribute(GenAi.CONVERSATION, call.threadId());
        span.setAttribute(SpanKeys.PROJECT, call.projectId());
        span.setAttribute(SpanKeys.RUN, call.runId());
        span.setAttribute(SpanKeys.STEP, call.stepId());
        if (call.tool().equals(ToolKind.MCP)) {
            span.setAttribute(SpanKeys.MCP_METHOD, "tools/call");
        }
        return new CallSpan(span);
    }

    /** The conventions' word for a kind of tool. */
    private static String type(ToolKind kind) {
        if (kind.equals(ToolKind.FUNCTION)) {
            return "function";
        }
        return kind.equals(ToolKind.FILE_SEARCH) ? "datastore" : "extension";
    }

    /** The context for the answer; null if the call is not traced. */
    @Nullable String context() {
        return Tracing.context(span);
    }

    /** The call has this output, which may be the failure of the run. */
    void answered(@Nullable ToolOutput output) {
        if (output instanceof ToolOutput.Failed(var error)) {
            failed(error.code());
        }
    }

    /** The execution has failed for this reason, a word of a small set. */
    void failed(String reason) {
        span.setAttribute(SpanKeys.ERROR, reason);
        span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
        scope.close();
        span.end();
    }
}
