package dev.threadwell.toolworker.sandbox;

import java.time.Duration;

/**
 * Resource limits of a sandboxed program.
 *
 * @param memoryBytes memory of all its processes and files together, where cgroups are available;
 *     elsewhere of each process
 * @param addressSpaceBytes address space of each process, or {@link #UNLIMITED} for programs that
 *     reserve far more than they use, like a JVM
 * @param processes the number of concurrent processes and threads
 * @param cpu the CPU time of each process
 * @param wallTime the time after which it is killed
 * @param outputBytes the size of its standard output; reading beyond it fails
 * @param diskBytes the size of all its files, which are kept in memory
 * @param files the number of files, directories and links
 */
public record SandboxLimits(
        long memoryBytes,
        long addressSpaceBytes,
        int processes,
        Duration cpu,
        Duration wallTime,
        long outputBytes,
        long diskBytes,
        int files) {

    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;
}
