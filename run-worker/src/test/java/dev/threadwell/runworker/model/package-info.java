/** Tests of the model client against the simulator. */
@NullMarked
package dev.threadwell.runworker.model;

import org.jspecify.annotations.NullMarked;
