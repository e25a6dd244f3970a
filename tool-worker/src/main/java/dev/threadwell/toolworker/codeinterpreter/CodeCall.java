package dev.threadwell.toolworker.codeinterpreter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.file.FileObject;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Output;
import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.SandboxFile;
import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Session;
import dev.threadwell.toolworker.file.OutageRetry;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Executes one call in a session: copies input files in, runs the code and copies created files
 * out.
 */
final class CodeCall {

    private static final String DATA = "/mnt/data/";
    private static final String NO_ROOM =
            "the files of this call, or of its project, are too large.";

    private final ToolRequested call;
    private final ThreadSession kept;
    private final Session session;
    private final FileObjects files;
    private final CodeConfig config;
    private final OutageRetry patience;

    private final List<Map<String, Object>> outputs = new ArrayList<>();
    private final List<ToolOutput.MadeFile> made = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int pictures;
    private boolean begun;
    private @Nullable Long room;

    CodeCall(
            ToolRequested call,
            ThreadSession kept,
            FileObjects files,
            CodeConfig config,
            OutageRetry patience) {
        this.call = call;
        this.kept = kept;
        this.session = kept.session();
        this.files = files;
        this.config = config;
        this.patience = patience;
    }

    /**
     * Executes the call.
     *
     * @param note additional information for the model
     */
    ToolOutput.Code execute(Duration limit, @Nullable String note) throws IOException {
        if (note != null) {
            notes.add(note);
        }
        try {
            putFiles();
            begun = true;
            for (Output output : session.execute(code(), limit)) {
                show(output);
            }
            takeFiles();
        } catch (CodeSandbox.Ended e) {
            logs(e.getMessage() + " Its variables and files are gone.\n");
        }
        return new ToolOutput.Code(
                List.copyOf(outputs),
                List.copyOf(made),
                notes.isEmpty() ? null : String.join("\n", notes));
    }

    /** Whether the code may have started, so that the session may have changed. */
    boolean begun() {
        return begun;
    }

    private String code() {
        return Json.read(call.arguments(), JsonNode.class).required("code").textValue();
    }

    private void putFiles() throws IOException {
        boolean any = false;
        for (FileObject file : files.of(call)) {
            if (!kept.hasInput(file.id())) {
                any = true;
                putFile(file);
                kept.addInput(file.id());
            }
        }
        if (any) {
            kept.changed(session.list());
        }
    }

    private void putFile(FileObject file) throws IOException {
        if (!kept.hasRoomFor(file.bytes(), config.diskBytes())) {
            notes.add(
                    "%s (%s) is not there: the files would be larger than the disk."
                            .formatted(DATA + file.id(), file.filename()));
            return;
        }
        try {
            files.read(call, file, (bytes, size) -> session.put(file.id(), size, bytes));
            notes.add("%s is %s.".formatted(DATA + file.id(), file.filename()));
        } catch (CodeSandbox.Refused e) {
            notes.add(
                    "%s (%s) is not there: %s"
                            .formatted(DATA + file.id(), file.filename(), e.getMessage()));
        }
    }

    private void show(Output output) throws IOException {
        switch (output) {
            case Output.Logs(String text) -> logs(text);
            case Output.Picture(byte[] png) -> {
                pictures++;
                // Unique, because paths of the code's own files begin with /mnt/data/.
                String path = "figure-" + pictures + ".png";
                if (png.length > room()) {
                    notes.add("Picture %d is not shown: %s".formatted(pictures, NO_ROOM));
                    return;
                }
                String fileId =
                        patience.retried(
                                () -> files.make(call, path, new ByteArrayInputStream(png)));
                take(png.length);
                output("image", Map.of("file_id", fileId));
            }
        }
    }

    /**
     * The bytes that may still become file objects, by the limits of the call and of its project.
     */
    private long room() throws IOException {
        if (room == null) {
            long left = patience.retried(() -> config.projectBytes() - files.bytesOfProject(call));
            room = Math.min(config.diskBytes(), left);
        }
        return room;
    }

    private void take(long bytes) throws IOException {
        room = room() - bytes;
    }

    private void logs(String text) {
        output("logs", text);
    }

    private void output(String type, Object value) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("type", type);
        output.put(type, value);
        outputs.add(output);
    }

    private void takeFiles() throws IOException {
        List<SandboxFile> changed = kept.changed(session.list());
        for (SandboxFile file : changed.subList(0, Math.min(changed.size(), config.madeFiles()))) {
            takeFile(file);
        }
        if (changed.size() > config.madeFiles()) {
            notes.add(
                    "%d files were written; only the first %d of them can be downloaded."
                            .formatted(changed.size(), config.madeFiles()));
        }
    }

    private void takeFile(SandboxFile file) throws IOException {
        String path = DATA + file.name();
        if (file.size() > room()) {
            notes.add("%s cannot be downloaded: %s".formatted(path, NO_ROOM));
            return;
        }
        try {
            AtomicLong bytes = new AtomicLong();
            long most = room();
            String fileId =
                    patience.retried(
                            () ->
                                    session.get(
                                            file.name(),
                                            most,
                                            (content, size) -> {
                                                bytes.set(size);
                                                return files.make(call, path, content);
                                            }));
            take(bytes.get());
            made.add(new ToolOutput.MadeFile(path, fileId));
        } catch (CodeSandbox.Refused e) {
            notes.add("%s cannot be downloaded: %s".formatted(path, e.getMessage()));
        }
    }
}
