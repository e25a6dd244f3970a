/** Tests of what a run worker reacts to, and what its tests share. */
@NullMarked
package dev.threadwell.runworker;

import org.jspecify.annotations.NullMarked;
