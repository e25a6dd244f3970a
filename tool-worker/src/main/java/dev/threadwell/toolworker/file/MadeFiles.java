package dev.threadwell.toolworker.file;

import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Port to the file objects that calls make. */
public interface MadeFiles {

    /**
     * Creates a file object. Idempotent: a repeated call creates the same file, and keeps the
     * content of the first one. Not retried, because the bytes may be readable only once.
     *
     * @param key what tells the file from others of the same call
     * @return the id of the file
     */
    String make(ToolRequested call, String key, String filename, Multi<Buffer> bytes);

    /** The ids of those of these files that the call has made already, in the order of the keys. */
    List<String> madeBefore(ToolRequested call, List<String> keys);

    /** The total size in bytes of all files of the call's project. */
    long bytesOfProject(ToolRequested call);
}
