package dev.threadwell.toolworker.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the tool worker. */
@ConfigMapping(prefix = "threadwell.tools")
public interface ToolConfig {

    /** Maximum number of concurrent calls; the calls of one thread are executed serially. */
    @WithDefault("32")
    int callsAtOnce();

    /**
     * Maximum size of the answer of a bound function or an MCP server's tool, in bytes; the same as
     * for a client's outputs.
     */
    @WithDefault("524288")
    int outputBytes();

    /**
     * How long a graceful shutdown ({@code SIGTERM}) waits for running work. Another worker repeats
     * the work that has not finished by then, as after a crash.
     */
    @WithDefault("5s")
    Duration drain();
}
