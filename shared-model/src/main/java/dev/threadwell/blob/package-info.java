/** Where the bytes of files are: a directory, or a bucket of an S3-compatible store. */
@NullMarked
package dev.threadwell.blob;

import org.jspecify.annotations.NullMarked;
