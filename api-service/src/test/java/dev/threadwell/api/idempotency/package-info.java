/** Tests of repetitions, without a server. */
package dev.threadwell.api.idempotency;
