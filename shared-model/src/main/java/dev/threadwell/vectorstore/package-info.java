/** Vector stores, their files and what a search in them means: wire shape and pure rules. */
@NullMarked
package dev.threadwell.vectorstore;

import org.jspecify.annotations.NullMarked;
