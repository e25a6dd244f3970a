/**
 * A chat completion request as a strict provider reads it: what is wrong is refused with the
 * provider's words, so that a caller's context building is really tested.
 */
@NullMarked
package dev.threadwell.simulator.request;

import org.jspecify.annotations.NullMarked;
