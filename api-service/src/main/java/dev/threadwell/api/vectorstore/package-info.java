/** The vector stores API: stores, their files, file batches and searches. */
@NullMarked
package dev.threadwell.api.vectorstore;

import org.jspecify.annotations.NullMarked;
