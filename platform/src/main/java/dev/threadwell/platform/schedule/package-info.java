/** Work that a service does again and again in the background. */
@NullMarked
package dev.threadwell.platform.schedule;

import org.jspecify.annotations.NullMarked;
