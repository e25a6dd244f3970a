/** Tests of how prompts are assembled, and fakes of what they are assembled from. */
@NullMarked
package dev.threadwell.runworker.prompt;

import org.jspecify.annotations.NullMarked;
