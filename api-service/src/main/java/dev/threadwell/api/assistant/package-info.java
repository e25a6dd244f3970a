/** Assistants over HTTP. */
@NullMarked
package dev.threadwell.api.assistant;

import org.jspecify.annotations.NullMarked;
