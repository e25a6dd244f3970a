/** The system under test, started by the benchmark or already running, and its machine. */
@NullMarked
package dev.threadwell.bench.system;

import org.jspecify.annotations.NullMarked;
