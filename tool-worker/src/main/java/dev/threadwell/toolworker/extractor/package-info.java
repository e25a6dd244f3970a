/**
 * The program that takes the text out of documents, in a process of its own in a sandbox: whatever
 * a document does to it, it is one document that cannot be read. Nothing else here may use it.
 */
@NullMarked
package dev.threadwell.toolworker.extractor;

import org.jspecify.annotations.NullMarked;
