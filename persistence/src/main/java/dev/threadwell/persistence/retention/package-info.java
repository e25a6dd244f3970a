/** What is old enough to be deleted by policy. */
@NullMarked
package dev.threadwell.persistence.retention;

import org.jspecify.annotations.NullMarked;
