/** Messages over HTTP. */
@NullMarked
package dev.threadwell.api.message;

import org.jspecify.annotations.NullMarked;
