/** Reads multipart forms incrementally, so that a file is never in memory as a whole. */
@NullMarked
package dev.threadwell.api.multipart;

import org.jspecify.annotations.NullMarked;
