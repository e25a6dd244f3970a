/** Vector stores over HTTP: their files, batches of files, and searches. */
@NullMarked
package dev.threadwell.api.vectorstore;

import org.jspecify.annotations.NullMarked;
