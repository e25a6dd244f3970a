/** Tests of the questions about pictures. */
@NullMarked
package dev.threadwell.toolworker.vision;

import org.jspecify.annotations.NullMarked;
