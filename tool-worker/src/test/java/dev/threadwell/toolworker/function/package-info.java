/** Tests of functions that are bound. */
@NullMarked
package dev.threadwell.toolworker.function;

import org.jspecify.annotations.NullMarked;
