/** The simulator's rules, asked over real HTTP. */
@NullMarked
package dev.threadwell.simulator;

import org.jspecify.annotations.NullMarked;
