/**
 * The tool worker: executes tool calls, and ingests the files of vector stores.
 *
 * <p>In: {@code tool.requested}, {@code function.answered}, {@code file.added} and {@code
 * run.cancelled}. Out: {@code tool.answered}. A call is executed and answered before its record is
 * acknowledged, so another worker repeats it, with the same call id, if this one dies. The calls of
 * a cancelled run are aborted. The result of an ingestion is in the database before its record is
 * acknowledged.
 */
@NullMarked
package dev.threadwell.toolworker;

import org.jspecify.annotations.NullMarked;
