/** Vector stores, the files in them with their ingestion status, and their chunks. */
@NullMarked
package dev.threadwell.persistence.vectorstore;

import org.jspecify.annotations.NullMarked;
