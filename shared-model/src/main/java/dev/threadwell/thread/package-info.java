/** Threads and their messages: wire shape, model and stored document in one. */
@NullMarked
package dev.threadwell.thread;

import org.jspecify.annotations.NullMarked;
