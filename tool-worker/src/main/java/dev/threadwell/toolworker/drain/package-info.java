/** The orderly end of a worker. */
@NullMarked
package dev.threadwell.toolworker.drain;

import org.jspecify.annotations.NullMarked;
