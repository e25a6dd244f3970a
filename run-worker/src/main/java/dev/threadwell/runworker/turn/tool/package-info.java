/**
 * The built-in tools as a run worker knows them, one file per tool.
 *
 * <p>A {@link dev.threadwell.runworker.turn.tool.BuiltInTool} is offered to the model as a
 * function. While the model writes a call, a {@link dev.threadwell.runworker.turn.tool.WrittenCall}
 * collects it. What is stored of the call, and of what came of it, a {@link
 * dev.threadwell.runworker.turn.tool.CallView} tells the tool worker, the model and the clients.
 * The tools that there are stand in {@link dev.threadwell.runworker.turn.tool.BuiltInTools}.
 */
@NullMarked
package dev.threadwell.runworker.turn.tool;

import org.jspecify.annotations.NullMarked;
