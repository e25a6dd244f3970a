package dev.threadwell.toolworker.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a tool worker executes calls. */
@ConfigMapping(prefix = "threadwell.tools")
public interface ToolConfig {

    /** How many calls are executed at a time; those of one thread one after the other. */
    @WithDefault("32")
    int callsAtOnce();

    /**
     * How many bytes a bound function, or a tool of an MCP server, may answer: as many as a client
     * may submit.
     */
    @WithDefault("524288")
    int outputBytes();

    /**
     * How long a tool worker that is told to stop ({@code SIGTERM}) goes on with what it is doing.
     * What is not over by then another worker does anew, as after a crash.
     */
    @WithDefault("5s")
    Duration drain();
}
