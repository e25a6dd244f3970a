/** Tests of the older wire. */
@NullMarked
package dev.threadwell.api.v1;

import org.jspecify.annotations.NullMarked;
