/** The HTTP client of providers of OpenAI-compatible chat completions. */
@NullMarked
package dev.threadwell.runworker.model;

import org.jspecify.annotations.NullMarked;
