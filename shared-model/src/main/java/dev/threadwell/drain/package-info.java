/** The orderly end of a service. */
@NullMarked
package dev.threadwell.drain;

import org.jspecify.annotations.NullMarked;
