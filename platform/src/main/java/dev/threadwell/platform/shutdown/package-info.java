/** Support for the graceful shutdown of a service. */
@NullMarked
package dev.threadwell.platform.shutdown;

import org.jspecify.annotations.NullMarked;
