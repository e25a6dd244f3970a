package dev.threadwell.toolworker.sandbox;

import java.util.List;

/**
 * What programs in a sandbox are given where the machine allows it; a container may forbid it.
 *
 * @param processFiles whether {@code /proc} is mounted; a container whose own is masked forbids it
 * @param hostName whether the host has a name of its own there, in place of the container's; a
 *     seccomp profile without {@code sethostname} forbids it
 */
record SandboxOptions(boolean processFiles, boolean hostName) {

    /** All of them, the most first; without {@code /proc} only, if it is not wanted. */
    static List<SandboxOptions> inOrder(boolean processFilesWanted) {
        return List.of(
                        new SandboxOptions(true, true),
                        new SandboxOptions(true, false),
                        new SandboxOptions(false, true),
                        new SandboxOptions(false, false))
                .stream()
                .filter(options -> processFilesWanted || !options.processFiles)
                .toList();
    }
}
