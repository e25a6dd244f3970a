@NullMarked
package dev.threadwell.simulator.answer;

import org.jspecify.annotations.NullMarked;
