/** Tests of one sampling of the model, without any framework. */
@NullMarked
package dev.threadwell.runworker.text;

import org.jspecify.annotations.NullMarked;
