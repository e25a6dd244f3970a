package dev.threadwell.toolworker.picture;

import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.topic.ToolRequested;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pictures of every thread, in memory. */
public final class PicturesInMemory implements ThreadPictures {

    private final Map<ThreadPicture, PictureContent> pictures = new LinkedHashMap<>();

    /** Adds the newest picture. */
    public void add(ThreadPicture picture, PictureContent content) {
        pictures.put(picture, content);
    }

    @Override
    public List<ThreadPicture> of(ToolRequested call) {
        return List.copyOf(pictures.keySet());
    }

    @Override
    public PictureContent read(ToolRequested call, ThreadPicture picture) {
        return pictures.getOrDefault(picture, new PictureContent.Unreadable("it was deleted"));
    }
}
