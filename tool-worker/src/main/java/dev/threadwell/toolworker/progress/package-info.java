/** What clients see of a call before it has a result. */
@NullMarked
package dev.threadwell.toolworker.progress;

import org.jspecify.annotations.NullMarked;
