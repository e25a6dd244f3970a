package dev.threadwell.runworker.turn;

import dev.threadwell.thread.ThreadPicture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that a model is told of the pictures in messages, so that it can call tools with them.
 *
 * @param bySource the names by file id or URL
 */
public record PictureNames(Map<String, String> bySource) {

    /** The model is told no names. */
    public static final PictureNames NONE = new PictureNames(Map.of());

    /** The names of these pictures. */
    public static PictureNames of(List<ThreadPicture> pictures) {
        Map<String, String> names = new HashMap<>();
        for (ThreadPicture picture : pictures) {
            switch (picture) {
                case ThreadPicture.Stored(String fileId) -> names.put(fileId, fileId);
                case ThreadPicture.Linked(String name, String url) -> names.put(url, name);
            }
        }
        return new PictureNames(names);
    }

    /** The text that names a picture, or null if the model is not told its name. */
    @Nullable String label(String source) {
        String name = bySource.get(source);
        return name == null ? null : "[picture " + name + "]";
    }
}
