/** Threads and their messages. */
@NullMarked
package dev.threadwell.persistence.thread;

import org.jspecify.annotations.NullMarked;
