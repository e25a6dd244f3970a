package dev.threadwell.toolworker.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of sandboxes. */
@ConfigMapping(prefix = "threadwell.sandbox")
public interface SandboxConfig {

    /** As root: the first uid for sandboxes, each of which runs under a uid of its own. */
    @WithDefault("61200")
    int firstUid();

    /** The number of uids for sandboxes. */
    @WithDefault("1000")
    int uids();

    /** Whether cgroups are used where they are available. */
    @WithDefault("true")
    boolean controlGroups();

    /** Whether programs have a {@code /proc} of their own where the machine allows it. */
    @WithDefault("true")
    boolean processFiles();

    /** Without cgroups: the maximum number of processes and threads of a sandbox. */
    @WithDefault("12")
    int processesWithoutControlGroups();
}
