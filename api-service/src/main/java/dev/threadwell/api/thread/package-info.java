/** Threads and their messages over HTTP. */
@NullMarked
package dev.threadwell.api.thread;

import org.jspecify.annotations.NullMarked;
