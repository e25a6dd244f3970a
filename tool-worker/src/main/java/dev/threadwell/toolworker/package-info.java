/**
 * Executes the built-in tools that a model calls.
 *
 * <p>In: {@code tool.requested}. Out: {@code tool.answered}. It has no database. A call is executed
 * and answered before its record is acknowledged, so a worker that dies leaves it to another one,
 * under the same call id.
 */
@NullMarked
package dev.threadwell.toolworker;

import org.jspecify.annotations.NullMarked;
