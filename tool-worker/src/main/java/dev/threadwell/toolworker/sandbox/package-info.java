/** Runs programs that nobody trusts: without network, host files or secrets, and within limits. */
@NullMarked
package dev.threadwell.toolworker.sandbox;

import org.jspecify.annotations.NullMarked;
