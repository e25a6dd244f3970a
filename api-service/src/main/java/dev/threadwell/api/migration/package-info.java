/** Objects that come in with their ids from elsewhere, and go out again. */
@NullMarked
package dev.threadwell.api.migration;

import org.jspecify.annotations.NullMarked;
