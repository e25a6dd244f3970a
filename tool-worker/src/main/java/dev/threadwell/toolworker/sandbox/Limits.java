package dev.threadwell.toolworker.sandbox;

import java.time.Duration;

/**
 * What a sandboxed program may use.
 *
 * @param memoryBytes of all its processes and its files together, where control groups can be used;
 *     elsewhere of each process
 * @param addressSpaceBytes of each process, or {@link #UNLIMITED} for programs that reserve far
 *     more than they use, as a JVM does
 * @param processes how many processes and threads it may have at a time
 * @param cpu the processor time of each process
 * @param wallTime after which it is killed
 * @param outputBytes of its standard output; the one who reads gets an error beyond it
 * @param diskBytes of all its files, which lie in memory
 * @param files how many files, directories and links it may have
 */
public record Limits(
        long memoryBytes,
        long addressSpaceBytes,
        int processes,
        Duration cpu,
        Duration wallTime,
        long outputBytes,
        long diskBytes,
        int files) {

    /** No limit of its own. */
    public static final long UNLIMITED = Long.MAX_VALUE;
}
