package dev.threadwell.toolworker.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How sandboxes are made. */
@ConfigMapping(prefix = "threadwell.sandbox")
public interface SandboxConfig {

    /** As root: the first of the uids that sandboxes run under, each under one of its own. */
    @WithDefault("61200")
    int firstUid();

    /** How many uids there are. */
    @WithDefault("1000")
    int uids();

    /** Whether control groups are used where they can be. */
    @WithDefault("true")
    boolean controlGroups();

    /** Without control groups: how many processes and threads a sandbox has, at most. */
    @WithDefault("12")
    int processesWithoutControlGroups();
}
