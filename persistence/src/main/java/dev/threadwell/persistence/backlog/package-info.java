/** What waits to be done in the whole installation. */
@NullMarked
package dev.threadwell.persistence.backlog;

import org.jspecify.annotations.NullMarked;
