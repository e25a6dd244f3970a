/**
 * Search indexes over chunks. They are caches: an index can be lost at any time and is rebuilt from
 * the database rows.
 */
@NullMarked
package dev.threadwell.search.index;

import org.jspecify.annotations.NullMarked;
