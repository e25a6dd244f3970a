/** The bodies of messages and the files that they refer to; their resource is in {@code thread}. */
@NullMarked
package dev.threadwell.api.message;

import org.jspecify.annotations.NullMarked;
