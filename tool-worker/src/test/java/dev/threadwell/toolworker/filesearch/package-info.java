/** What a model gets of what it searches. */
@NullMarked
package dev.threadwell.toolworker.filesearch;

import org.jspecify.annotations.NullMarked;
