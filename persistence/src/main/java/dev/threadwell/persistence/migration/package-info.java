/** Export of a project, and import of objects with their ids. */
@NullMarked
package dev.threadwell.persistence.migration;

import org.jspecify.annotations.NullMarked;
