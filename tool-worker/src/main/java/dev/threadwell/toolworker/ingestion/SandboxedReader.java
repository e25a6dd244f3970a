package dev.threadwell.toolworker.ingestion;

import dev.threadwell.extractor.ExtractorReply;
import dev.threadwell.toolworker.sandbox.Sandbox;
import dev.threadwell.toolworker.sandbox.SandboxLimits;
import dev.threadwell.toolworker.sandbox.SandboxProcess;
import dev.threadwell.toolworker.sandbox.SandboxUnavailable;
import dev.threadwell.toolworker.sandbox.SandboxedProgram;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Reads documents in a pool of sandboxed processes, each of which reads many documents. A process
 * that a document kills, or that takes too long, is replaced, and the document fails.
 */
@ApplicationScoped
class SandboxedReader implements DocumentReader {

    private static final Logger LOG = Logger.getLogger(SandboxedReader.class);

    private static final long MIB = 1 << 20;
    private static final int DOCUMENTS_OF_A_PROCESS = 100;
    private static final int MOST_FRESH_PROCESSES = 2;
    private static final int MAX_ANSWER = 80_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final SandboxLimits LIMITS =
            new SandboxLimits(
                    768 * MIB,
                    SandboxLimits.UNLIMITED,
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
                    // Output of the JVM itself would be mistaken for a response.
                    "-XX:+DisplayVMOutputToStderr",
                    "-Djava.awt.headless=true",
                    "-Duser.home=/tmp");

    private final Sandbox sandbox;
    private final ExtractorFiles files;
    private final SandboxLimits limits;
    private final Duration patience;
    private final BlockingQueue<Reader> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    @Inject
    SandboxedReader(Sandbox sandbox) {
        this(sandbox, LIMITS, PATIENCE);
    }

    SandboxedReader(Sandbox sandbox, SandboxLimits limits, Duration patience) {
        this.sandbox = sandbox;
        this.files = new ExtractorFiles(sandbox);
        this.limits = limits;
        this.patience = patience;
    }

    /** A process and the number of documents it has read. */
    private static final class Reader {

        private final SandboxProcess process;
        private final DataOutputStream requests;
        private final DataInputStream answers;
        private int documents;

        private Reader(SandboxProcess process) {
            this.process = process;
            this.requests = new DataOutputStream(process.input());
            this.answers = new DataInputStream(process.output());
        }
    }

    /** The process has not survived the document. */
    private static final class EndedByDocument extends Exception {

        private static final long serialVersionUID = 1;

        private final ReaderExit.Kind kind;

        private EndedByDocument(ReaderExit.Kind kind) {
            super(kind.name());
            this.kind = kind;
        }
    }

    @Override
    public boolean available() {
        return sandbox.unavailable() == null;
    }

    @Override
    public Extraction read(String extension, byte[] document) {
        try {
            return readByOneOfThem(extension, document);
        } catch (SandboxUnavailable | IOException e) {
            throw new ReaderUnavailable("the process that reads documents cannot be started", e);
        }
    }

    /**
     * Reads the document, retrying in a fresh process. A used process may have run out of its
     * limits through earlier documents, so only a failure in a fresh process is proof; and one may
     * be killed for the memory that others use.
     */
    private Extraction readByOneOfThem(String extension, byte[] document) throws IOException {
        Reader reader = idle.poll();
        for (int fresh = reader == null ? 1 : 0; ; fresh++) {
            try {
                return read(reader == null ? started() : reader, extension, document);
            } catch (EndedByDocument e) {
                boolean certain = e.kind == ReaderExit.Kind.LIMIT && fresh > 0;
                if (certain || fresh >= MOST_FRESH_PROCESSES) {
                    return unreadable("The file cannot be read within the limits.");
                }
                reader = null;
            }
        }
    }

    private Reader started() throws IOException {
        String reason = sandbox.unavailable();
        if (reason != null) {
            throw new SandboxUnavailable(reason);
        }
        return new Reader(
                sandbox.start(
                        SandboxedProgram.java(
                                Path.of(System.getProperty("java.home")),
                                files.classPath(),
                                OPTIONS,
                                List.of(ExtractorFiles.MAIN),
                                limits)));
    }

    private Extraction read(Reader reader, String extension, byte[] document)
            throws EndedByDocument {
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Void> alarm =
                CompletableFuture.runAsync(
                        () -> {
                            late.set(true);
                            reader.process.kill();
                        },
                        CompletableFuture.delayedExecutor(
                                patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            Extraction extraction = exchange(reader, extension, document);
            reader.documents++;
            if (!alarm.cancel(false)
                    || reader.documents >= DOCUMENTS_OF_A_PROCESS
                    || !idle.offer(reader)) {
                reader.process.kill();
            }
            return extraction;
        } catch (ReaderUnavailable e) {
            alarm.cancel(false);
            reader.process.kill();
            throw e;
        } catch (IOException e) {
            alarm.cancel(false);
            ReaderExit end = late.get() ? ReaderExit.late() : ReaderExit.of(reader.process);
            if (end.kind() == ReaderExit.Kind.CRASH) {
                throw new ReaderUnavailable("the process that reads documents " + end.why(), e);
            }
            LOG.infof(
                    "document was too much for its reader extension=%s reader=%s",
                    extension, end.why());
            throw new EndedByDocument(end.kind());
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
        int kind = reader.answers.readUnsignedByte();
        int length = reader.answers.readInt();
        if (kind >= ExtractorReply.values().length || length < 0 || length > MAX_ANSWER) {
            throw new IOException("an answer of kind %d and %d bytes".formatted(kind, length));
        }
        byte[] answer = reader.answers.readNBytes(length);
        if (answer.length < length) {
            throw new IOException("an answer that breaks off");
        }
        String said = new String(answer, StandardCharsets.UTF_8);
        return switch (ExtractorReply.values()[kind]) {
            case TEXT -> Extraction.text(said);
            case UNREADABLE -> unreadable("The file cannot be read: %s.".formatted(said));
            case BROKEN ->
                    throw new ReaderUnavailable(
                            "the process that reads documents said " + said, null);
        };
    }

    private static Extraction unreadable(String message) {
        return new Extraction.Unreadable(new Failure("invalid_file", message));
    }

    @PreDestroy
    void close() {
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.process.kill();
        }
    }
}
