/**
 * Calls of tools that are under way, the secrets of tools, and the sessions of the code
 * interpreter.
 */
@NullMarked
package dev.threadwell.persistence.tool;

import org.jspecify.annotations.NullMarked;
