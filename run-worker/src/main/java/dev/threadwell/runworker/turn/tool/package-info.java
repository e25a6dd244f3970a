/**
 * The run worker's part of the built-in tools, one file per tool.
 *
 * <p>A {@link dev.threadwell.runworker.turn.tool.BuiltInTool} is offered to the model as a
 * function. While the model writes a call, a {@link dev.threadwell.runworker.turn.tool.WrittenCall}
 * parses it. A {@link dev.threadwell.runworker.turn.tool.CallView} presents the stored call and its
 * result to the tool worker, the model and the clients. All tools are registered in {@link
 * dev.threadwell.runworker.turn.tool.BuiltInTools}.
 */
@NullMarked
package dev.threadwell.runworker.turn.tool;

import org.jspecify.annotations.NullMarked;
