/** Statistics and rendering: from samples to figures, tables and the documentation page. */
@NullMarked
package dev.threadwell.bench.report;

import org.jspecify.annotations.NullMarked;
