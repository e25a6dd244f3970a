/** How a process logs: as text or as JSON, and at which levels. */
@NullMarked
package dev.threadwell.platform.log;

import org.jspecify.annotations.NullMarked;
