/** Idempotency keys: a request that is sent several times with one key is carried out once. */
@NullMarked
package dev.threadwell.api.idempotency;

import org.jspecify.annotations.NullMarked;
