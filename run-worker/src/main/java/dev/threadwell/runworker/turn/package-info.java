/** One sampling of the model as pure functions: the thread in, what becomes of the run out. */
@NullMarked
package dev.threadwell.runworker.turn;

import org.jspecify.annotations.NullMarked;
