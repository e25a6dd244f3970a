/** Tests of a run worker's heartbeat and dependencies, and helpers that all its tests share. */
@NullMarked
package dev.threadwell.runworker;

import org.jspecify.annotations.NullMarked;
