/** Support for the graceful shutdown of a service. */
@NullMarked
package dev.threadwell.drain;

import org.jspecify.annotations.NullMarked;
