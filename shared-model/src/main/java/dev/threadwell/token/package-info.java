/** Counts the tokens of texts as the tokenizers of models do, whatever the text. */
@NullMarked
package dev.threadwell.token;

import org.jspecify.annotations.NullMarked;
