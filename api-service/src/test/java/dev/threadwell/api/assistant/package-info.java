/** Tests of assistants and their tools without a server. */
@NullMarked
package dev.threadwell.api.assistant;

import org.jspecify.annotations.NullMarked;
