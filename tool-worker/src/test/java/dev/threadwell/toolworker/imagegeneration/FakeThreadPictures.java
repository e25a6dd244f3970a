package dev.threadwell.toolworker.imagegeneration;

import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.toolworker.picture.PictureContent;
import dev.threadwell.toolworker.picture.ThreadPictures;
import dev.threadwell.topic.ToolRequested;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pictures of a thread, in memory. */
final class FakeThreadPictures implements ThreadPictures {

    final Map<String, byte[]> stored = new LinkedHashMap<>();

    @Override
    public List<ThreadPicture> of(ToolRequested call) {
        return new ArrayList<>(stored.keySet().stream().map(ThreadPicture.Stored::new).toList());
    }

    @Override
    public PictureContent read(ToolRequested call, ThreadPicture picture) {
        return PictureContent.of(stored.getOrDefault(picture.name(), new byte[0]));
    }
}
