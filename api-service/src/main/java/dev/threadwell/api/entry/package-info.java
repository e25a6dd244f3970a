/**
 * The way into the service and out of it: {@code HttpEntry} admits a request, {@code BodyReader}
 * reads it, {@code JsonWriter} writes its answer and {@code ExceptionMappers} its errors.
 */
@NullMarked
package dev.threadwell.api.entry;

import org.jspecify.annotations.NullMarked;
