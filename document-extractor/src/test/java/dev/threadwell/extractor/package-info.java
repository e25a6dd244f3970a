/** Documents that tests make, and the tests of what is read from them. */
@NullMarked
package dev.threadwell.extractor;

import org.jspecify.annotations.NullMarked;
