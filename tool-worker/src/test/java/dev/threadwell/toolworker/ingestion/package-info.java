/** Tests of how files are read. */
@NullMarked
package dev.threadwell.toolworker.ingestion;

import org.jspecify.annotations.NullMarked;
