/**
 * The older wire, {@code OpenAI-Beta: assistants=v1}: its requests are upgraded before any resource
 * sees them, and what is answered is downgraded. Nothing else knows this package.
 */
@NullMarked
package dev.threadwell.api.v1;

import org.jspecify.annotations.NullMarked;
