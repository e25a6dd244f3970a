/** Counts tokens of any text as the models' tokenizers do. */
@NullMarked
package dev.threadwell.token;

import org.jspecify.annotations.NullMarked;
