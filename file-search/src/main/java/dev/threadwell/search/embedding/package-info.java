/** Embeddings of texts, by models in this process or by a provider. */
@NullMarked
package dev.threadwell.search.embedding;

import org.jspecify.annotations.NullMarked;
