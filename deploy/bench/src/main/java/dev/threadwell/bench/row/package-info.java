/** One class per row of the table: what is measured, against what, and how often. */
@NullMarked
package dev.threadwell.bench.row;

import org.jspecify.annotations.NullMarked;
