package dev.threadwell.toolworker.codeinterpreter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where sessions in pods come from. */
@ConfigMapping(prefix = "threadwell.code-interpreter.kubernetes")
public interface PodConfig {

    /** The {@code SandboxWarmPool} that pods are claimed from. */
    @WithDefault("threadwell-code")
    String warmPool();

    /** Its namespace; without one, that of the worker. */
    Optional<String> namespace();

    /** The port at which a pod waits for its worker. */
    @WithDefault("8888")
    int port();

    /** How long a pod may take until it answers. */
    @WithDefault("2m")
    Duration startWithin();

    /** After how long a pod is deleted, whatever becomes of its worker. */
    @WithDefault("1d")
    Duration life();
}
