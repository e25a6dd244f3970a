/** Settings of Mutiny's context propagation between threads. */
@NullMarked
package dev.threadwell.platform.context;

import org.jspecify.annotations.NullMarked;
