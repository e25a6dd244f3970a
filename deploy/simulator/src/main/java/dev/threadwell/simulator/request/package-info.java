/**
 * Parses chat completion requests as strictly as OpenAI does and rejects invalid ones with OpenAI's
 * messages, so that tests notice a caller's malformed context.
 */
@NullMarked
package dev.threadwell.simulator.request;

import org.jspecify.annotations.NullMarked;
