/**
 * Ingests the files of vector stores: extracts their text, splits it into chunks and saves these to
 * the database.
 */
@NullMarked
package dev.threadwell.toolworker.ingestion;

import org.jspecify.annotations.NullMarked;
