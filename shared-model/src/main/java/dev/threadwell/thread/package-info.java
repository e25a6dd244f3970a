/** Threads and their messages: one model for the API's objects and the stored documents. */
@NullMarked
package dev.threadwell.thread;

import org.jspecify.annotations.NullMarked;
