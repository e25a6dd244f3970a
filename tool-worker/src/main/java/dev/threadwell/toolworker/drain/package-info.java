/** Graceful shutdown of a worker, and protection against work that kills workers. */
@NullMarked
package dev.threadwell.toolworker.drain;

import org.jspecify.annotations.NullMarked;
