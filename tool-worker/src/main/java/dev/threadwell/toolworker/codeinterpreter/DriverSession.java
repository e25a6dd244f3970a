package dev.threadwell.toolworker.codeinterpreter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.toolworker.codeinterpreter.DriverProtocol.Untrustworthy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A session that talks to the driver, over a pipe or any other connection. */
final class DriverSession implements CodeSandbox.Session {

    /** The time limit for fast operations and for transfers. */
    private static final Duration SHORT = Duration.ofSeconds(60);

    private static final int PIECE = 64 * 1024;
    private static final int MOST_FILES = 1_000;
    private static final int LONGEST_NAME = 400;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final DriverProtocol frames;
    private final CodeLimits limits;
    private final Connection connection;

    /** Set on close, because a killed process may take a moment to die. */
    private volatile boolean closed;

    /** The connection to the driver. */
    interface Connection {

        /** Whether the other side is alive. */
        boolean isAlive();

        /** Kills the sandbox with everything in it. */
        void kill();

        /** The reason why it ended, as far as it is known. */
        String obituary();
    }

    DriverSession(
            InputStream replies, OutputStream requests, CodeLimits limits, Connection connection) {
        this.frames = new DriverProtocol(replies, requests);
        this.limits = limits;
        this.connection = connection;
    }

    private interface Exchange<T> {

        T carryOut() throws IOException;
    }

    /**
     * Runs an exchange within a time limit. Kills the session on a timeout, and on an invalid
     * reply, because the driver is then no longer trustworthy.
     */
    private <T> T within(Duration time, Exchange<T> exchange) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Void> done = new CompletableFuture<>();
        var _ =
                done.orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((_, overdue) -> killIf(overdue != null, late));
        try {
            return exchange.carryOut();
        } catch (CodeSandbox.Refused e) {
            throw e;
        } catch (Untrustworthy | RuntimeException e) {
            // The position in the protocol is unknown from here on.
            close();
            throw e;
        } catch (IOException e) {
            close();
            throw new CodeSandbox.Ended(
                    late.get()
                            ? "The interpreter was ended, because it did not stop in time."
                            : connection.obituary());
        } finally {
            done.complete(null);
        }
    }

    private void killIf(boolean overdue, AtomicBoolean late) {
        if (overdue) {
            late.set(true);
            close();
        }
    }

    /** Imports the modules that code is likely to use; returns the Python version. */
    String prepare(List<String> modules, Duration time) throws IOException {
        ObjectNode request = request("prepare");
        modules.forEach(request.putArray("modules")::add);
        return within(time, () -> DriverProtocol.text(asked(request).path("version"), 100));
    }

    @Override
    public List<CodeSandbox.Output> execute(String code, Duration limit) throws IOException {
        ObjectNode request =
                request("execute")
                        .put("code", code)
                        .put("seconds", limit.toMillis() / 1000.0)
                        .put("log_chars", limits.logChars())
                        .put("images", limits.pictures())
                        .put("image_bytes", limits.pictureBytes());
        return within(limit.plus(limits.grace()), () -> outputs(asked(request).path("outputs")));
    }

    private List<CodeSandbox.Output> outputs(JsonNode shown) throws IOException {
        if (!shown.isArray() || shown.size() > 2 * limits.pictures() + 2) {
            throw new Untrustworthy("no outputs, or too many");
        }
        List<CodeSandbox.Output> outputs = new ArrayList<>();
        long left = limits.pictureBytes();
        for (JsonNode output : shown) {
            switch (output.path("type").asText()) {
                case "logs" -> outputs.add(logs(output));
                case "image" -> {
                    byte[] png = picture(output, left);
                    left -= png.length;
                    outputs.add(new CodeSandbox.Output.Picture(png));
                }
                default -> throw new Untrustworthy("an output of no known type");
            }
        }
        return outputs;
    }

    private CodeSandbox.Output logs(JsonNode output) throws IOException {
        // Python counts code points; Java needs up to two chars for each.
        int longest = 2 * (limits.logChars() + CodeLimits.TRACEBACK_CHARS);
        return new CodeSandbox.Output.Logs(DriverProtocol.text(output.path("logs"), longest));
    }

    private byte[] picture(JsonNode output, long largest) throws IOException {
        int size = (int) DriverProtocol.number(output, "size", largest);
        byte[] png = frames.attached().readNBytes(size);
        if (png.length < size || !startsAsPng(png)) {
            throw new Untrustworthy("a picture that is none");
        }
        return png;
    }

    private static boolean startsAsPng(byte[] bytes) {
        return bytes.length > PNG.length
                && java.util.Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length);
    }

    @Override
    public void put(String name, long size, InputStream bytes) throws IOException {
        ObjectNode request = request("put").put("name", name).put("size", size);
        within(
                SHORT,
                () -> {
                    OutputStream to = frames.send(request);
                    long put = moved(bytes, size, to);
                    if (put < size) {
                        throw new IOException("bytes are missing");
                    }
                    to.flush();
                    return frames.reply();
                });
    }

    private static long moved(InputStream from, long size, OutputStream to) throws IOException {
        byte[] piece = new byte[PIECE];
        long moved = 0;
        while (moved < size) {
            int count = from.read(piece, 0, (int) Math.min(PIECE, size - moved));
            if (count < 0) {
                return moved;
            }
            to.write(piece, 0, count);
            moved += count;
        }
        return moved;
    }

    @Override
    public <T> T get(String name, long most, CodeSandbox.Reader<T> reader) throws IOException {
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        T got =
                within(
                        SHORT,
                        () -> {
                            JsonNode reply =
                                    asked(request("get").put("name", name).put("most", most));
                            long size = DriverProtocol.number(reply, "size", most);
                            var bytes = new ConnectionInput(frames.attached(), size);
                            T read = read(reader, bytes, size, failure);
                            bytes.skipNBytes(bytes.left());
                            return read;
                        });
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return got;
    }

    /**
     * Records a failure of the reader, for example of the database, which does not affect the
     * session.
     */
    @SuppressWarnings("NullAway") // null only with a recorded failure
    private static <T> T read(
            CodeSandbox.Reader<T> reader,
            ConnectionInput bytes,
            long size,
            AtomicReference<@Nullable RuntimeException> failure)
            throws IOException {
        try {
            return reader.read(bytes, size);
        } catch (RuntimeException e) {
            failure.set(e);
            return null;
        }
    }

    @Override
    public List<CodeSandbox.SandboxFile> list() throws IOException {
        return within(SHORT, () -> files(asked(request("list")).path("files")));
    }

    private List<CodeSandbox.SandboxFile> files(JsonNode shown) throws IOException {
        if (!shown.isArray() || shown.size() > MOST_FILES) {
            throw new Untrustworthy("no files, or too many");
        }
        List<CodeSandbox.SandboxFile> files = new ArrayList<>();
        for (JsonNode file : shown) {
            String name = DriverProtocol.text(file.path("name"), Integer.MAX_VALUE);
            // A sparse file can be far larger than the disk.
            long size = DriverProtocol.number(file, "size", Long.MAX_VALUE);
            long changed = DriverProtocol.number(file, "changed", Long.MAX_VALUE);
            if (isFit(name)) {
                files.add(new CodeSandbox.SandboxFile(name, size, changed));
            }
        }
        return files;
    }

    /**
     * Whether the name is safe: short enough, and without control characters and path traversal.
     */
    private static boolean isFit(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD)
                && List.of(name.split("/", -1)).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private static ObjectNode request(String what) {
        return JsonNodeFactory.instance.objectNode().put("do", what);
    }

    private JsonNode asked(ObjectNode request) throws IOException {
        frames.send(request).flush();
        return frames.reply();
    }

    @Override
    public boolean isAlive() {
        return !closed && connection.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        connection.kill();
    }
}
