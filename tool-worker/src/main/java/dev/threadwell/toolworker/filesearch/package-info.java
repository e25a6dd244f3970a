/** The tool that searches the files of a run's vector stores. */
@NullMarked
package dev.threadwell.toolworker.filesearch;

import org.jspecify.annotations.NullMarked;
