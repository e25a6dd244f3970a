/**
 * The older version of the API, {@code OpenAI-Beta: assistants=v1}: its requests are upgraded
 * before any resource sees them, and their answers are downgraded. No other package refers to this
 * one; the file ids of v1 objects are stored by {@code V1Files}.
 */
@NullMarked
package dev.threadwell.api.v1;

import org.jspecify.annotations.NullMarked;
