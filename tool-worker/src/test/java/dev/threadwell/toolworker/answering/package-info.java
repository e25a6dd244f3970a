/** Tests of what other services answer. */
@NullMarked
package dev.threadwell.toolworker.answering;

import org.jspecify.annotations.NullMarked;
