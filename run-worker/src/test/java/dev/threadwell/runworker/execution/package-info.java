/** Tests of the execution of runs, with a fixture for its surroundings. */
@NullMarked
package dev.threadwell.runworker.execution;

import org.jspecify.annotations.NullMarked;
