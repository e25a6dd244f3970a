package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.topic.ToolRequested;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** The files of a run, in memory. */
final class FakeFileObjects implements FileObjects {

    private final List<FileObject> inputs = new ArrayList<>();
    private final Map<String, byte[]> bytes = new LinkedHashMap<>();
    final List<String> read = new ArrayList<>();
    final Queue<RuntimeException> failures = new ArrayDeque<>();
    long bytesOfProject;

    void given(String id, String filename, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        given(id, filename, content, content.length);
    }

    void given(String id, String filename, byte[] content, long size) {
        inputs.add(FileObject.created(id, Purpose.ASSISTANTS, filename, size, 1, null));
        bytes.put(id, content);
    }

    String text(String id) {
        return new String(bytes.get(id), StandardCharsets.UTF_8);
    }

    byte[] bytes(String id) {
        return bytes.get(id);
    }

    @Override
    public List<FileObject> of(ToolRequested call) {
        return List.copyOf(inputs);
    }

    @Override
    public void read(ToolRequested call, FileObject file, Taker taker) throws IOException {
        read.add(file.id());
        taker.take(new ByteArrayInputStream(bytes.get(file.id())), file.bytes());
    }

    @Override
    public long bytesOfProject(ToolRequested call) {
        return bytesOfProject;
    }

    @Override
    public String make(ToolRequested call, String path, InputStream content) throws IOException {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        String id = "file-" + call.callId() + "-" + path;
        bytes.put(id, content.readAllBytes());
        return id;
    }
}
