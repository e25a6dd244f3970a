/**
 * The API service: HTTP in, server-sent events out. It writes rows and facts, and hears of runs
 * from {@code run.announced} and {@code run.stream}.
 */
@NullMarked
package dev.threadwell.api;

import org.jspecify.annotations.NullMarked;
