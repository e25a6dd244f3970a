/** The models API, which passes on the provider's models. */
@NullMarked
package dev.threadwell.api.model;

import org.jspecify.annotations.NullMarked;
