/** The metrics of requests that a limit has refused. */
@NullMarked
package dev.threadwell.api.limits;

import org.jspecify.annotations.NullMarked;
