/**
 * Tool calls in progress, attempts at tool work, the secrets of tools, and the sessions of the code
 * interpreter.
 */
@NullMarked
package dev.threadwell.persistence.tool;

import org.jspecify.annotations.NullMarked;
