/** Tests of the check of an installation. */
@NullMarked
package dev.threadwell.simulator.check;

import org.jspecify.annotations.NullMarked;
