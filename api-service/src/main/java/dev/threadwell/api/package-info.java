/**
 * The API service: HTTP requests in, JSON and server-sent events out. It writes rows and outbox
 * messages to PostgreSQL, and reads the changes and events of runs from {@code run.announced} and
 * {@code run.stream}.
 */
@NullMarked
package dev.threadwell.api;

import org.jspecify.annotations.NullMarked;
