/** Runs and their steps. Every change of a run is one conditional SQL update. */
@NullMarked
package dev.threadwell.persistence.run;

import org.jspecify.annotations.NullMarked;
