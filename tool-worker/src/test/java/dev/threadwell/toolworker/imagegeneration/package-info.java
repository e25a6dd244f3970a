@NullMarked
package dev.threadwell.toolworker.imagegeneration;

import org.jspecify.annotations.NullMarked;
