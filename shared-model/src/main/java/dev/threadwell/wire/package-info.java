/**
 * JSON: {@link dev.threadwell.wire.Json} binds it as it is stored, {@link
 * dev.threadwell.wire.PublicJson} writes what clients may see. Pages, errors, and what a stream
 * shows differently are here, too.
 */
@NullMarked
package dev.threadwell.wire;

import org.jspecify.annotations.NullMarked;
