package dev.threadwell.platform.mcp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits for requests to MCP servers. */
@ConfigMapping(prefix = "threadwell.mcp")
public interface McpConfig {

    /** How long a server's list of tools is cached. */
    @WithDefault("5m")
    Duration listFor();

    /** The timeout for listing a server's tools. */
    @WithDefault("15s")
    Duration listTimeout();

    /** The timeout for a tool call. */
    @WithDefault("60s")
    Duration callTimeout();

    /** The maximum number of a server's tools that a model is offered. */
    @WithDefault("128")
    int maxTools();

    /** The maximum size of a server's response in bytes. */
    @WithDefault("1048576")
    int maxBytes();
}
