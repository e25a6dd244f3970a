/** The metrics of what waits to be done in the whole installation. */
@NullMarked
package dev.threadwell.api.backlog;

import org.jspecify.annotations.NullMarked;
