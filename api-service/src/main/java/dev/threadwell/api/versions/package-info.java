/** Selects the version of the API that a request uses. */
@NullMarked
package dev.threadwell.api.versions;

import org.jspecify.annotations.NullMarked;
