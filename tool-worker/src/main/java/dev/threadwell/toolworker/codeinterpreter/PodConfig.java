package dev.threadwell.toolworker.codeinterpreter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of sessions in pods. */
@ConfigMapping(prefix = "threadwell.code-interpreter.kubernetes")
public interface PodConfig {

    /** The {@code SandboxWarmPool} that pods are claimed from. */
    @WithDefault("threadwell-code")
    String warmPool();

    /** The namespace of the pool; by default that of the worker. */
    Optional<String> namespace();

    /** The port at which a pod listens for its worker. */
    @WithDefault("8888")
    int port();

    /** Timeout for the start of a pod. */
    @WithDefault("2m")
    Duration startWithin();

    /** Maximum lifetime of a pod, even if its worker is dead. */
    @WithDefault("1d")
    Duration life();
}
