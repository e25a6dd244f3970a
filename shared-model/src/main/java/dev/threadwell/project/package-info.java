/** Whose everything is, and what a project wants otherwise than the original has it. */
@NullMarked
package dev.threadwell.project;

import org.jspecify.annotations.NullMarked;
