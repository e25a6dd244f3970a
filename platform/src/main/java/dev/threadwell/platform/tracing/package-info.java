/**
 * Traces: spans that begin where another process has left off, and the names of the GenAI
 * conventions.
 */
@NullMarked
package dev.threadwell.platform.tracing;

import org.jspecify.annotations.NullMarked;
