/** Tests of what a tool worker reacts to. */
@NullMarked
package dev.threadwell.toolworker;

import org.jspecify.annotations.NullMarked;
