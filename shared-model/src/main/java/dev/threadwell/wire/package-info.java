/**
 * JSON: {@link dev.threadwell.wire.Json} serializes it for the database and the internal topics,
 * {@link dev.threadwell.wire.PublicJson} for clients. Pages, errors and the form of objects in
 * streams are here, too.
 */
@NullMarked
package dev.threadwell.wire;

import org.jspecify.annotations.NullMarked;
