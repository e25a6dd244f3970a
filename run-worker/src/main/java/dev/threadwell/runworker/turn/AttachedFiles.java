package dev.threadwell.runworker.turn;

import java.util.Map;

/**
 * The files that are sent to the model along with a conversation.
 *
 * @param pictures the images in users' messages, by file id or URL
 * @param codeFiles the names of the files that code can open, by file id
 * @param names the names of pictures that the model is told
 * @param seen whether the model sees pictures; if not, they are only mentioned
 */
public record AttachedFiles(
        Map<String, ImagePart> pictures,
        Map<String, String> codeFiles,
        PictureNames names,
        boolean seen) {

    /** No files. */
    public static final AttachedFiles NOTHING = new AttachedFiles(Map.of(), Map.of());

    /** Files for a model that sees, and is told no names of pictures. */
    public AttachedFiles(Map<String, ImagePart> pictures, Map<String, String> codeFiles) {
        this(pictures, codeFiles, PictureNames.NONE, true);
    }
}
