/** Asks a model that sees about pictures. */
@NullMarked
package dev.threadwell.toolworker.vision;

import org.jspecify.annotations.NullMarked;
