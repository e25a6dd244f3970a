package dev.threadwell.api.migration;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A JSON object as it was found in a dump.
 *
 * @param line where it begins
 * @param list numbers the lists; objects that stand alone are those of list 0
 */
record Dumped(long line, int list, JsonNode json) {

    /** Lists come newest first, unless their times tell something else. */
    boolean listed() {
        return list > 0;
    }
}
