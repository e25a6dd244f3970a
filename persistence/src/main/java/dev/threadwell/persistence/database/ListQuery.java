package dev.threadwell.persistence.database;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a page request.
 *
 * @param limit the maximum number of items
 * @param ascending oldest first
 * @param after only items after the one with this id, in the list's order
 * @param before only items before the one with this id, in the list's order
 */
public record ListQuery(
        int limit, boolean ascending, @Nullable String after, @Nullable String before) {

    /** Whether the page is read from its end to its start: only {@code before} is set. */
    public boolean backwards() {
        return before != null && after == null;
    }

    /** Whether the rows are read in ascending order. */
    public boolean readAscending() {
        return ascending != backwards();
    }
}
