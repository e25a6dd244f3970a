package dev.threadwell.toolworker.ingestion;

import dev.threadwell.toolworker.sandbox.SandboxProcess;
import java.io.IOException;
import java.time.Duration;

/**
 * The reason why an extractor process ended while it read a document.
 *
 * @param why details for the log
 */
record ReaderExit(Kind kind, String why) {

    private static final Duration TO_DIE = Duration.ofSeconds(5);

    private static final int OUT_OF_HEAP = 3;
    private static final int KILLED = 128 + 9;
    private static final int OUT_OF_PROCESSOR_TIME = 128 + 24;
    private static final int FILE_TOO_LARGE = 128 + 25;

    private static final String OUT_OF_NATIVE_MEMORY = "insufficient memory";

    enum Kind {
        /** The document exceeded a resource limit. */
        LIMIT,

        /** Killed by the kernel, because this document or another process used too much memory. */
        KILLED,

        /** The reader failed independently of the document. */
        CRASH
    }

    static ReaderExit late() {
        return new ReaderExit(Kind.LIMIT, "took too long");
    }

    static ReaderExit of(SandboxProcess process) {
        try {
            if (!process.waitFor(TO_DIE)) {
                process.kill();
                return new ReaderExit(Kind.CRASH, "gave an answer that is none");
            }
            String said = process.diagnosis().strip();
            String why = "ended with %d: %s".formatted(process.exitValue(), said);
            return new ReaderExit(kind(process.exitValue(), said), why);
        } catch (IOException e) {
            return new ReaderExit(Kind.CRASH, "ended, and cannot be asked why: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ReaderExit(Kind.CRASH, "ended, and this worker was interrupted");
        }
    }

    private static Kind kind(int exitValue, String said) {
        return switch (exitValue) {
            case OUT_OF_HEAP, OUT_OF_PROCESSOR_TIME, FILE_TOO_LARGE -> Kind.LIMIT;
            case KILLED -> Kind.KILLED;
            default -> said.contains(OUT_OF_NATIVE_MEMORY) ? Kind.LIMIT : Kind.CRASH;
        };
    }
}
