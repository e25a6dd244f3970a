/** The tables, and every statement that touches them; nothing outside knows SQL. */
@NullMarked
package dev.threadwell.store;

import org.jspecify.annotations.NullMarked;
