/** Utilities for text that arrives in pieces. */
@NullMarked
package dev.threadwell.runworker.text;

import org.jspecify.annotations.NullMarked;
