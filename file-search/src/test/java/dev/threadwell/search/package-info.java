/** What a search finds. */
@NullMarked
package dev.threadwell.search;

import org.jspecify.annotations.NullMarked;
