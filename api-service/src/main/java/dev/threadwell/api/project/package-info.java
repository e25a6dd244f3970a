/** The settings of projects: beyond the original, and without effect until somebody sets them. */
@NullMarked
package dev.threadwell.api.project;

import org.jspecify.annotations.NullMarked;
