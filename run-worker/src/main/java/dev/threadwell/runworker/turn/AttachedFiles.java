package dev.threadwell.runworker.turn;

import java.util.Map;

/**
 * The files that go along with a conversation.
 *
 * @param pictures those that users show in it, by their files' ids
 * @param codeFiles the names of those that code can open, by their ids
 */
public record AttachedFiles(Map<String, ImagePart> pictures, Map<String, String> codeFiles) {

    /** No files. */
    public static final AttachedFiles NOTHING = new AttachedFiles(Map.of(), Map.of());
}
