/** Runs and their steps over HTTP: they are created, read, polled, cancelled and continued here. */
@NullMarked
package dev.threadwell.api.run;

import org.jspecify.annotations.NullMarked;
