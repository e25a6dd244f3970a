/** Measures Threadwell beside its baselines, in the same run and on the same machine. */
@NullMarked
package dev.threadwell.bench;

import org.jspecify.annotations.NullMarked;
