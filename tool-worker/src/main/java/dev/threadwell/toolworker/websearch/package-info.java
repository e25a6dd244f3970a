/**
 * The tool that searches the web: asks a search engine, reads the pages that it found, and gives
 * the model the passages that fit the query.
 */
@NullMarked
package dev.threadwell.toolworker.websearch;

import org.jspecify.annotations.NullMarked;
