/** One class per row of the result table, which defines its figures, baselines and sample sizes. */
@NullMarked
package dev.threadwell.bench.row;

import org.jspecify.annotations.NullMarked;
