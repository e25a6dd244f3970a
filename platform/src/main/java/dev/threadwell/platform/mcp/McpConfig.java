package dev.threadwell.platform.mcp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How MCP servers are asked. */
@ConfigMapping(prefix = "threadwell.mcp")
public interface McpConfig {

    /** How long a server's list of tools is taken for true. */
    @WithDefault("5m")
    Duration listFor();

    /** How long a server may take to list its tools. */
    @WithDefault("15s")
    Duration listTimeout();

    /** How long a tool may take. */
    @WithDefault("60s")
    Duration callTimeout();

    /** How many tools of a server, at most, a model is offered. */
    @WithDefault("128")
    int maxTools();

    /** How large an answer of a server may be. */
    @WithDefault("1048576")
    int maxBytes();
}
