/** Reads the files of vector stores: bytes to text, text to chunks, chunks to the database. */
@NullMarked
package dev.threadwell.toolworker.ingestion;

import org.jspecify.annotations.NullMarked;
