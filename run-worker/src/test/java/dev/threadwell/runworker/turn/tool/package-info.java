/** Tests of the built-in tools of a turn, without any framework. */
@NullMarked
package dev.threadwell.runworker.turn.tool;

import org.jspecify.annotations.NullMarked;
