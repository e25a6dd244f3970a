/** Runs and their steps over HTTP: created, read, polled, cancelled, answered. */
@NullMarked
package dev.threadwell.api.run;

import org.jspecify.annotations.NullMarked;
