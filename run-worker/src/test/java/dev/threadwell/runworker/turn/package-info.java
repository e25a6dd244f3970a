/** Tests of one turn of a run, without any framework. */
@NullMarked
package dev.threadwell.runworker.turn;

import org.jspecify.annotations.NullMarked;
