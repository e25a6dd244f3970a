/** Periodic background jobs. */
@NullMarked
package dev.threadwell.platform.schedule;

import org.jspecify.annotations.NullMarked;
