/** Assistants and their tools: wire shape, model and stored document in one. */
@NullMarked
package dev.threadwell.assistant;

import org.jspecify.annotations.NullMarked;
