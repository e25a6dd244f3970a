/**
 * The transactional outbox and its consumers: messages are published right after the commit, and
 * swept after a crash.
 */
@NullMarked
package dev.threadwell.platform.outbox;

import org.jspecify.annotations.NullMarked;
