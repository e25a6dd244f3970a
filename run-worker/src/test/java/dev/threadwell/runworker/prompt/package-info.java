/** Tests of building prompts, with fakes of the stores behind them. */
@NullMarked
package dev.threadwell.runworker.prompt;

import org.jspecify.annotations.NullMarked;
