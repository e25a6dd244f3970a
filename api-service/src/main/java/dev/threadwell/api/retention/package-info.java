/** Deletes what is kept no longer by policy. */
@NullMarked
package dev.threadwell.api.retention;

import org.jspecify.annotations.NullMarked;
