/** Settings that several packages of the API service read. */
@NullMarked
package dev.threadwell.api.settings;

import org.jspecify.annotations.NullMarked;
