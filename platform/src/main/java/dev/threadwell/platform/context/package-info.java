/** What pipelines carry along from thread to thread, and what they do not. */
@NullMarked
package dev.threadwell.platform.context;

import org.jspecify.annotations.NullMarked;
