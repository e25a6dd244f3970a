/**
 * Executes the built-in tools that a model calls, and reads the files of vector stores.
 *
 * <p>In: {@code tool.requested}. Out: {@code tool.answered}. A call is executed and answered before
 * its record is acknowledged, so a worker that dies leaves it to another one, under the same call
 * id. In: {@code run.cancelled}, for calls that nobody needs any more. In: {@code file.added}. What
 * comes of a file is in the database before its record is acknowledged.
 */
@NullMarked
package dev.threadwell.toolworker;

import org.jspecify.annotations.NullMarked;
