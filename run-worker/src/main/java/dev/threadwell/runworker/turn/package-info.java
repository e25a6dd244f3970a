/**
 * One sampling of the model without I/O: builds the prompt from the thread, and converts the
 * model's answer to stream events and a result for the run.
 */
@NullMarked
package dev.threadwell.runworker.turn;

import org.jspecify.annotations.NullMarked;
