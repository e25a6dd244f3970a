package dev.threadwell.api.migration;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A JSON object found in a dump.
 *
 * @param line the line in which it begins
 * @param list the number of its list, or 0 for an object outside of lists
 */
record DumpObject(long line, int list, JsonNode json) {

    /**
     * Whether the object is in a list. Lists are newest first, unless their times show otherwise.
     */
    boolean listed() {
        return list > 0;
    }
}
