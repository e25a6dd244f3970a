/** Tests of the code interpreter, in real sandboxes. */
@NullMarked
package dev.threadwell.toolworker.codeinterpreter;

import org.jspecify.annotations.NullMarked;
