/** JSON for the simulator: requests are read as trees, responses are written as bytes. */
@NullMarked
package dev.threadwell.simulator.json;

import org.jspecify.annotations.NullMarked;
