package dev.threadwell.runworker.turn;

import java.util.Map;

/**
 * The files that are sent to the model along with a conversation.
 *
 * @param pictures the images in users' messages, by file id or URL
 * @param codeFiles the names of the files that code can open, by file id
 */
public record AttachedFiles(Map<String, ImagePart> pictures, Map<String, String> codeFiles) {

    /** No files. */
    public static final AttachedFiles NOTHING = new AttachedFiles(Map.of(), Map.of());
}
