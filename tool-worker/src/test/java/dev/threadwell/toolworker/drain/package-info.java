/** Tests of what other services answer. */
@NullMarked
package dev.threadwell.toolworker.drain;

import org.jspecify.annotations.NullMarked;
