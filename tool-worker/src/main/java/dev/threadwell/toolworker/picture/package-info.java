/** The pictures of a thread, for the tools that read or change them. */
@NullMarked
package dev.threadwell.toolworker.picture;

import org.jspecify.annotations.NullMarked;
