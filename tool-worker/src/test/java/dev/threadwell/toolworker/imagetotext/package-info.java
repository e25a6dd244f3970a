/** Tests of the tool that reads pictures. */
@NullMarked
package dev.threadwell.toolworker.imagetotext;

import org.jspecify.annotations.NullMarked;
