/** Files and uploads: what comes in goes on to the blob store while it comes. */
@NullMarked
package dev.threadwell.api.file;

import org.jspecify.annotations.NullMarked;
