/** A request that was admitted, and the form of its answer; what resources use of HTTP. */
@NullMarked
package dev.threadwell.api.http;

import org.jspecify.annotations.NullMarked;
