/** Tests of how a turn of a run is executed, and a fixture with everything around it. */
@NullMarked
package dev.threadwell.runworker.execution;

import org.jspecify.annotations.NullMarked;
