/** Providers that speak OpenAI-compatible chat completions, over HTTP. */
@NullMarked
package dev.threadwell.runworker.model;

import org.jspecify.annotations.NullMarked;
