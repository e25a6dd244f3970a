package dev.threadwell.toolworker.ingestion;

import dev.threadwell.toolworker.sandbox.Limits;
import dev.threadwell.toolworker.sandbox.Program;
import dev.threadwell.toolworker.sandbox.Sandbox;
import dev.threadwell.toolworker.sandbox.SandboxUnavailable;
import dev.threadwell.toolworker.sandbox.Sandboxed;
import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents in sandboxed processes, each of which is used for many documents. One that a
 * document kills, or that takes too long for it, is replaced, and the document cannot be read.
 */
@ApplicationScoped
class SandboxedReader implements DocumentReader {

    private static final Logger LOG = Logger.getLogger(SandboxedReader.class);

    private static final long MIB = 1 << 20;
    private static final int DOCUMENTS_OF_A_PROCESS = 100;
    private static final int MAX_ANSWER = 80_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Limits LIMITS =
            new Limits(
                    768 * MIB,
                    Limits.UNLIMITED,
                    64,
                    Duration.ofSeconds(120),
                    Duration.ofMinutes(30),
                    (long) DOCUMENTS_OF_A_PROCESS * MAX_ANSWER,
                    128 * MIB,
                    1_000);

    private static final List<String> OPTIONS =
            List.of(
                    "-Xmx256m",
                    "-Xss512k",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-Djava.awt.headless=true",
                    "-Duser.home=/tmp");

    private final Sandbox sandbox;
    private final Limits limits;
    private final Duration patience;
    private final BlockingQueue<Reader> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    @Inject
    SandboxedReader(Sandbox sandbox) {
        this(sandbox, LIMITS, PATIENCE);
    }

    SandboxedReader(Sandbox sandbox, Limits limits, Duration patience) {
        this.sandbox = sandbox;
        this.limits = limits;
        this.patience = patience;
    }

    /** A process, and how many documents it has read. */
    private static final class Reader {

        private final Sandboxed process;
        private final DataOutputStream requests;
        private final DataInputStream answers;
        private int documents;

        private Reader(Sandboxed process) {
            this.process = process;
            this.requests = new DataOutputStream(process.input());
            this.answers = new DataInputStream(process.output());
        }
    }

    @Override
    public boolean available() {
        return sandbox.unavailable() == null;
    }

    @Override
    public Extraction read(String extension, byte[] document) {
        Reader used = idle.poll();
        try {
            if (used != null) {
                Extraction extraction = read(used, extension, document);
                if (extraction != null) {
                    return extraction;
                }
                // It may have been at the end of its strength by what it read before.
            }
            Extraction extraction = read(started(), extension, document);
            return extraction == null
                    ? unreadable("invalid_file", "The file cannot be read within the limits.")
                    : extraction;
        } catch (SandboxUnavailable e) {
            return unreadable(
                    "unsupported_file",
                    "Files with the extension %s cannot be read here: %s"
                            .formatted(extension, e.getMessage()));
        } catch (IOException e) {
            LOG.errorf(e, "the process that reads documents cannot be started");
            return unreadable("server_error", "An internal error occurred.");
        }
    }

    private Reader started() throws IOException {
        return new Reader(
                sandbox.start(
                        Program.java(
                                Path.of(System.getProperty("java.home")),
                                ExtractorPath.find(),
                                OPTIONS,
                                List.of(ExtractorPath.MAIN),
                                limits)));
    }

    /** What the document says; null if the process did not survive it. */
    private @Nullable Extraction read(Reader reader, String extension, byte[] document) {
        CompletableFuture<Void> late =
                CompletableFuture.runAsync(
                        reader.process::kill,
                        CompletableFuture.delayedExecutor(
                                patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            Extraction extraction = exchange(reader, extension, document);
            reader.documents++;
            if (!late.cancel(false)
                    || reader.documents >= DOCUMENTS_OF_A_PROCESS
                    || !idle.offer(reader)) {
                reader.process.kill();
            }
            return extraction;
        } catch (IOException e) {
            late.cancel(false);
            reader.process.kill();
            LOG.infof("document was too much for its reader extension=%s reason=%s", extension, e);
            return null;
        }
    }

    private static Extraction exchange(Reader reader, String extension, byte[] document)
            throws IOException {
        byte[] name = extension.getBytes(StandardCharsets.UTF_8);
        reader.requests.writeByte(name.length);
        reader.requests.write(name);
        reader.requests.writeInt(document.length);
        reader.requests.write(document);
        reader.requests.flush();
        boolean readable = reader.answers.readBoolean();
        int length = reader.answers.readInt();
        if (length < 0 || length > MAX_ANSWER) {
            throw new IOException("an answer of %d bytes".formatted(length));
        }
        byte[] answer = reader.answers.readNBytes(length);
        if (answer.length < length) {
            throw new IOException("an answer that breaks off");
        }
        String said = new String(answer, StandardCharsets.UTF_8);
        return readable
                ? Extraction.text(said)
                : unreadable("invalid_file", "The file cannot be read: %s.".formatted(said));
    }

    private static Extraction unreadable(String code, String message) {
        return new Extraction.Unreadable(new Failure(code, message));
    }

    @PreDestroy
    void close() {
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.process.kill();
        }
    }
}
