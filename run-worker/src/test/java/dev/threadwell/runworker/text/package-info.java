/** Tests of text processing. */
@NullMarked
package dev.threadwell.runworker.text;

import org.jspecify.annotations.NullMarked;
