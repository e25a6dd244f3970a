/** What an index keeps and finds. */
@NullMarked
package dev.threadwell.search.index;

import org.jspecify.annotations.NullMarked;
