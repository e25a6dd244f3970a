package dev.threadwell.toolworker.codeinterpreter;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port to an isolated environment in which code is executed. */
public interface CodeSandbox {

    /** The reason why no code can be executed here, with a hint what would help; null if it can. */
    @Nullable String unavailable();

    /** Opens a new session with the usual libraries loaded. */
    Session open() throws IOException;

    /**
     * A Python interpreter that keeps its state between calls. Its output is untrusted. Not
     * thread-safe, except for closing. When a method throws, the session may be dead.
     */
    interface Session extends AutoCloseable {

        /** Executes code; an error in the code is part of its output. */
        List<Output> execute(String code, Duration limit) throws IOException;

        /** Writes a file to {@code /mnt/data}. */
        void put(String name, long size, InputStream bytes) throws IOException;

        /**
         * Passes the bytes of a file to a reader; they end early if the session dies.
         *
         * @param most the maximum size in bytes; a larger file is refused
         */
        <T> T get(String name, long most, Reader<T> reader) throws IOException;

        /** The files below {@code /mnt/data}. */
        List<SandboxFile> list() throws IOException;

        /** Whether the session can still be used. */
        boolean isAlive();

        /** Kills the session and everything in it, even while code is running. */
        @Override
        void close();
    }

    /** Reads the bytes of a file. */
    interface Reader<T> {

        T read(InputStream bytes, long size) throws IOException;
    }

    /** One output of executed code. */
    sealed interface Output {

        /** Printed text, or the traceback of an error. */
        record Logs(String text) implements Output {}

        /** A figure that the code drew. */
        record Picture(byte[] png) implements Output {}
    }

    /**
     * A file in a session.
     *
     * @param name the path relative to {@code /mnt/data}
     * @param changed the time of the last modification in nanoseconds of the sandbox's clock
     */
    record SandboxFile(String name, long size, long changed) {}

    /** The sandbox refused an operation; the session continues. */
    class Refused extends IOException {

        private static final long serialVersionUID = 1;

        public Refused(String message) {
            super(message);
        }
    }

    /** A limit was exceeded and the session had to be ended. */
    class Ended extends IOException {

        private static final long serialVersionUID = 1;

        public Ended(String message) {
            super(message);
        }
    }
}
