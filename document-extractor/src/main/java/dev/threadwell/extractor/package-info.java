/**
 * The program that extracts the text of documents. It runs in its own process in a sandbox, so that
 * a malicious or broken document can harm nothing but its own extraction. Services know only {@link
 * dev.threadwell.extractor.Extractor} and {@link dev.threadwell.extractor.ExtractorReply}; the
 * libraries that parse documents are not on their class path.
 */
@NullMarked
package dev.threadwell.extractor;

import org.jspecify.annotations.NullMarked;
