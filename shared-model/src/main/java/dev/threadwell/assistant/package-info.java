/** Assistants and their tools: one model for the API's objects and the stored documents. */
@NullMarked
package dev.threadwell.assistant;

import org.jspecify.annotations.NullMarked;
