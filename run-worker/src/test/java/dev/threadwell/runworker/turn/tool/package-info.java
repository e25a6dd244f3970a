/** Tests of one sampling of the model, without any framework. */
@NullMarked
package dev.threadwell.runworker.turn.tool;

import org.jspecify.annotations.NullMarked;
