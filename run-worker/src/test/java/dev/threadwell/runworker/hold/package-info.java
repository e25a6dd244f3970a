/** Tests of the runs that a worker holds. */
@NullMarked
package dev.threadwell.runworker.hold;

import org.jspecify.annotations.NullMarked;
