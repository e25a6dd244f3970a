/** Projects, their API keys, and idempotency keys. */
@NullMarked
package dev.threadwell.persistence.project;

import org.jspecify.annotations.NullMarked;
