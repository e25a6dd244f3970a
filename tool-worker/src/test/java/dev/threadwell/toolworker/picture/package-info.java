/** Tests of the pictures of threads. */
@NullMarked
package dev.threadwell.toolworker.picture;

import org.jspecify.annotations.NullMarked;
