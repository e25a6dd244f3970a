/** Runs untrusted programs without network, host files or secrets, and within resource limits. */
@NullMarked
package dev.threadwell.toolworker.sandbox;

import org.jspecify.annotations.NullMarked;
