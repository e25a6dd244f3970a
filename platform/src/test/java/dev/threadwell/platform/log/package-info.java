@NullMarked
package dev.threadwell.platform.log;

import org.jspecify.annotations.NullMarked;
