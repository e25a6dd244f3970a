/** The connection pool of PostgreSQL with its timeouts, named parameters, and keyset pagination. */
@NullMarked
package dev.threadwell.persistence.database;

import org.jspecify.annotations.NullMarked;
