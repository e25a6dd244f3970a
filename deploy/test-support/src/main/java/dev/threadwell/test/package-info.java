/** What the tests of several modules share. */
@NullMarked
package dev.threadwell.test;

import org.jspecify.annotations.NullMarked;
