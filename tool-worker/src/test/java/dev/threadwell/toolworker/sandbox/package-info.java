/** Attacks on the sandbox, for real. */
@NullMarked
package dev.threadwell.toolworker.sandbox;

import org.jspecify.annotations.NullMarked;
