/** The tables of PostgreSQL and every SQL statement, by subject; nothing outside speaks SQL. */
@NullMarked
package dev.threadwell.persistence;

import org.jspecify.annotations.NullMarked;
