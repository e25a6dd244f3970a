/** A real OpenSearch node with its k-NN plugin, as a process of its own. */
@NullMarked
package dev.threadwell.opensearch;

import org.jspecify.annotations.NullMarked;
