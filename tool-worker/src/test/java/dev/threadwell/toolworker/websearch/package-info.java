@NullMarked
package dev.threadwell.toolworker.websearch;

import org.jspecify.annotations.NullMarked;
