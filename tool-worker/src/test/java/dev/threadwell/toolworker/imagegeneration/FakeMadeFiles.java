package dev.threadwell.toolworker.imagegeneration;

import dev.threadwell.toolworker.file.MadeFiles;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that calls have made, in memory. */
final class FakeMadeFiles implements MadeFiles {

    /** A file as it was made first. */
    record File(String filename, byte[] bytes) {}

    final Map<String, File> files = new LinkedHashMap<>();
    long bytesOfProject;

    @Override
    public String make(ToolRequested call, String key, String filename, Multi<Buffer> bytes) {
        Buffer content =
                bytes.collect().in(Buffer::buffer, Buffer::appendBuffer).await().indefinitely();
        files.putIfAbsent(id(call, key), new File(filename, content.getBytes()));
        return id(call, key);
    }

    @Override
    public List<String> madeBefore(ToolRequested call, List<String> keys) {
        return keys.stream().map(key -> id(call, key)).filter(files::containsKey).toList();
    }

    @Override
    public long bytesOfProject(ToolRequested call) {
        return bytesOfProject;
    }

    private static String id(ToolRequested call, String key) {
        return "file-" + call.callId() + "-" + key;
    }
}
