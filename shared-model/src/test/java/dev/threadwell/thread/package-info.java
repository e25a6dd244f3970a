@NullMarked
package dev.threadwell.thread;

import org.jspecify.annotations.NullMarked;
