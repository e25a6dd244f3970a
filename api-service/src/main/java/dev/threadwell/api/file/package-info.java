/** The files and uploads API; contents are streamed to and from the blob store. */
@NullMarked
package dev.threadwell.api.file;

import org.jspecify.annotations.NullMarked;
