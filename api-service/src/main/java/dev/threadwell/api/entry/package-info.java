/**
 * The HTTP entry and exit of the service: {@code HttpEntry} admits a request, {@code BodyReader}
 * reads its body, {@code JsonWriter} writes its answer and {@code ExceptionMappers} its errors.
 */
@NullMarked
package dev.threadwell.api.entry;

import org.jspecify.annotations.NullMarked;
