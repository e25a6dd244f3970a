/** Finds chunks soon; can be lost at any time, and is made again from the rows. */
@NullMarked
package dev.threadwell.search.index;

import org.jspecify.annotations.NullMarked;
