/** Tests of the way to a provider, against the simulator. */
@NullMarked
package dev.threadwell.runworker.model;

import org.jspecify.annotations.NullMarked;
