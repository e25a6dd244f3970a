/** Ends calls that were handed to other services: with their answers, or when there is none. */
@NullMarked
package dev.threadwell.toolworker.answering;

import org.jspecify.annotations.NullMarked;
