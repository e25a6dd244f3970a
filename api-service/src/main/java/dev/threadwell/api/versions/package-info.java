/** Chooses the version of the API that a request speaks. */
@NullMarked
package dev.threadwell.api.versions;

import org.jspecify.annotations.NullMarked;
