/** Completes calls that were published to other services, with their answers or a timeout. */
@NullMarked
package dev.threadwell.toolworker.answering;

import org.jspecify.annotations.NullMarked;
