/** Below HTTP: which connections and which requests get as far as the framework. */
@NullMarked
package dev.threadwell.api.connection;

import org.jspecify.annotations.NullMarked;
