/**
 * Vector stores and their files: the objects as the API shows them, and the pure rules of searching
 * them.
 */
@NullMarked
package dev.threadwell.vectorstore;

import org.jspecify.annotations.NullMarked;
