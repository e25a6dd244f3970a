/** Assistants. */
@NullMarked
package dev.threadwell.persistence.assistant;

import org.jspecify.annotations.NullMarked;
