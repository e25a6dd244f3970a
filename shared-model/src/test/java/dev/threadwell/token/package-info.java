@NullMarked
package dev.threadwell.token;

import org.jspecify.annotations.NullMarked;
