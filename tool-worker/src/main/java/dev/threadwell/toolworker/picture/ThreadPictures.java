package dev.threadwell.toolworker.picture;

import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.topic.ToolRequested;
import java.util.List;

/** Port to the pictures of a call's thread: uploaded, referenced by URL, or made by tools. */
public interface ThreadPictures {

    /** The pictures of the call's thread, oldest first. */
    List<ThreadPicture> of(ToolRequested call);

    /** The bytes of a picture, or the reason why they cannot be had. Blocking. */
    PictureContent read(ToolRequested call, ThreadPicture picture);
}
