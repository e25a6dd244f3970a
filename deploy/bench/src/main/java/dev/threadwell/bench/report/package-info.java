/** Samples become figures, figures a table, the table a section of a page. */
@NullMarked
package dev.threadwell.bench.report;

import org.jspecify.annotations.NullMarked;
