/**
 * Searches in vector stores, by meaning and by words. The rows in the database say what can be
 * found; an index is only a way to find it soon.
 */
@NullMarked
package dev.threadwell.search;

import org.jspecify.annotations.NullMarked;
