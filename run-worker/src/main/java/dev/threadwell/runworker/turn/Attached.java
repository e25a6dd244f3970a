package dev.threadwell.runworker.turn;

import java.util.Map;

/**
 * The files that go along with a conversation.
 *
 * @param pictures those that users show in it, by their files' ids
 * @param codeFiles the names of those that code can open, by their ids
 */
public record Attached(Map<String, Picture> pictures, Map<String, String> codeFiles) {

    /** No files. */
    public static final Attached NOTHING = new Attached(Map.of(), Map.of());
}
