/** Settings that several packages of the tool worker read. */
@NullMarked
package dev.threadwell.toolworker.settings;

import org.jspecify.annotations.NullMarked;
