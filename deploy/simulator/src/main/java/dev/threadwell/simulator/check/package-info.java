/** A check of an installation from outside: one run, as a client makes it. */
@NullMarked
package dev.threadwell.simulator.check;

import org.jspecify.annotations.NullMarked;
