package dev.threadwell.persistence.database;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param limit how many items, at most
 * @param ascending oldest first
 * @param after the items behind this id, in the list's order
 * @param before the items in front of this id, in the list's order
 */
public record ListQuery(
        int limit, boolean ascending, @Nullable String after, @Nullable String before) {

    /** The page is read from its end towards its start: only {@code before} was given. */
    boolean backwards() {
        return before != null && after == null;
    }

    /** The direction in which the rows are read. */
    boolean readAscending() {
        return ascending != backwards();
    }
}
