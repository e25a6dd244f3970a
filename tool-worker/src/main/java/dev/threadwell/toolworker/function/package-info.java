/**
 * Executes functions that are bound to an HTTP endpoint, or to a topic that another service reads.
 */
@NullMarked
package dev.threadwell.toolworker.function;

import org.jspecify.annotations.NullMarked;
