/** Where the meaning of a text lies: models in this process, or a provider's. */
@NullMarked
package dev.threadwell.search.embedding;

import org.jspecify.annotations.NullMarked;
