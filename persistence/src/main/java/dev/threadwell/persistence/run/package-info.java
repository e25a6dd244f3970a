/** Runs and their steps: every change of a run is one conditional SQL statement. */
@NullMarked
package dev.threadwell.persistence.run;

import org.jspecify.annotations.NullMarked;
