/** The tool that answers questions about the pictures of a thread. */
@NullMarked
package dev.threadwell.toolworker.imagetotext;

import org.jspecify.annotations.NullMarked;
