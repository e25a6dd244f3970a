/** JSON as the API writes it: binding, pages, errors, and what a stream shows differently. */
@NullMarked
package dev.threadwell.wire;

import org.jspecify.annotations.NullMarked;
