/**
 * The network layer below HTTP: limits connections and rejects invalid requests before they reach
 * the framework.
 */
@NullMarked
package dev.threadwell.api.connection;

import org.jspecify.annotations.NullMarked;
