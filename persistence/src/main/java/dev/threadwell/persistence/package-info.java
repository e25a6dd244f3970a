/**
 * The tables of PostgreSQL and their SQL statements, by subject. Outside of this package only
 * {@code platform.outbox} contains SQL, for the outbox's own tables.
 */
@NullMarked
package dev.threadwell.persistence;

import org.jspecify.annotations.NullMarked;
