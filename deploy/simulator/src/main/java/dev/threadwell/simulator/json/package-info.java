/** JSON as the simulator reads and writes it: trees for what comes in, bytes for what goes out. */
@NullMarked
package dev.threadwell.simulator.json;

import org.jspecify.annotations.NullMarked;
