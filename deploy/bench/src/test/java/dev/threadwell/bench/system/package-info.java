@NullMarked
package dev.threadwell.bench.system;

import org.jspecify.annotations.NullMarked;
