/**
 * The program that takes the text out of documents. It runs in a process of its own in a sandbox:
 * whatever a document does to it, it is one document that cannot be read. Services know {@link
 * dev.threadwell.extractor.Extractor} and {@link dev.threadwell.extractor.Answer} only; the
 * libraries that read documents are not on their class path.
 */
@NullMarked
package dev.threadwell.extractor;

import org.jspecify.annotations.NullMarked;
