/**
 * Hybrid search in vector stores, by embeddings and keywords. The database rows are the source of
 * truth; an index only makes the search fast.
 */
@NullMarked
package dev.threadwell.search;

import org.jspecify.annotations.NullMarked;
