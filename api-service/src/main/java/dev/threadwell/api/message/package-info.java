/** What a message may say and which files it brings along; its resource is in {@code thread}. */
@NullMarked
package dev.threadwell.api.message;

import org.jspecify.annotations.NullMarked;
