/**
 * Executes the Python code that a model writes, in a sandbox that keeps its state for a thread.
 *
 * <p>{@link dev.threadwell.toolworker.codeinterpreter.CodeSandbox} is the port to the sandboxes;
 * {@code driver.py} runs inside them.
 */
@NullMarked
package dev.threadwell.toolworker.codeinterpreter;

import org.jspecify.annotations.NullMarked;
