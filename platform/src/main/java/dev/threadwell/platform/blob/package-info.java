/** Storage for the contents of files: a directory, or a bucket of an S3-compatible store. */
@NullMarked
package dev.threadwell.platform.blob;

import org.jspecify.annotations.NullMarked;
