/** The models of the provider, passed through. */
@NullMarked
package dev.threadwell.api.model;

import org.jspecify.annotations.NullMarked;
