/** Where texts lie. */
@NullMarked
package dev.threadwell.search.embedding;

import org.jspecify.annotations.NullMarked;
