/** Import of objects with their existing ids from elsewhere, and export of all objects. */
@NullMarked
package dev.threadwell.api.migration;

import org.jspecify.annotations.NullMarked;
