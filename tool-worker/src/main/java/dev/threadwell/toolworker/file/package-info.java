/** The file objects that tools make. */
@NullMarked
package dev.threadwell.toolworker.file;

import org.jspecify.annotations.NullMarked;
