/** The runs that this worker holds: claimed, carried through a turn, and let go. */
@NullMarked
package dev.threadwell.runworker.hold;

import org.jspecify.annotations.NullMarked;
