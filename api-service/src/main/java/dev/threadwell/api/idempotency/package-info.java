/** Does once what comes several times under one {@code Idempotency-Key}. */
@NullMarked
package dev.threadwell.api.idempotency;

import org.jspecify.annotations.NullMarked;
