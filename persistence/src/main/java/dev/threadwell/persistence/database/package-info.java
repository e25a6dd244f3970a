/** The pool of connections to PostgreSQL, its time limits, and paging by keyset. */
@NullMarked
package dev.threadwell.persistence.database;

import org.jspecify.annotations.NullMarked;
