/**
 * Benchmark that measures Threadwell together with its baselines, in the same run and on the same
 * machine.
 */
@NullMarked
package dev.threadwell.bench;

import org.jspecify.annotations.NullMarked;
