package dev.threadwell.platform.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings for traces, beside those of OpenTelemetry (ADR 0024). */
@ConfigMapping(prefix = "threadwell.tracing")
public interface TracingConfig {

    /**
     * Whether functions (webhooks and Kafka) and MCP servers are told the context of the call's
     * span, so that they can continue the trace. Model providers are never told.
     */
    @WithDefault("false")
    boolean outgoing();
}
