package dev.threadwell.toolworker.codeinterpreter;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where code is executed, apart from everything else. */
public interface CodeSandbox {

    /** Why no code can be executed here, and what would help; null if it can. */
    @Nullable String unavailable();

    /** A new session, in which the usual libraries are loaded. */
    Session open() throws IOException;

    /**
     * A Python interpreter that keeps what code does to it. Nothing that comes out of it is to be
     * trusted. It is used by one thread at a time, except for closing; when a method throws, the
     * session may have died.
     */
    interface Session extends AutoCloseable {

        /** Executes code; an error in it is part of what it puts out. */
        List<Output> execute(String code, Duration limit) throws IOException;

        /** Puts a file into {@code /mnt/data}. */
        void put(String name, long size, InputStream bytes) throws IOException;

        /**
         * Hands over the bytes of a file; they end early if the session dies.
         *
         * @param most how many bytes it may have; a larger one is refused
         */
        <T> T get(String name, long most, Reader<T> reader) throws IOException;

        /** The files below {@code /mnt/data}. */
        List<SandboxFile> list() throws IOException;

        /** Whether it can still be used. */
        boolean isAlive();

        /** Ends it, whatever it is doing, with everything in it. */
        @Override
        void close();
    }

    /** Reads a file. */
    interface Reader<T> {

        T read(InputStream bytes, long size) throws IOException;
    }

    /** Something that code put out. */
    sealed interface Output {

        /** What it printed, or the traceback of its error. */
        record Logs(String text) implements Output {}

        /** A figure that it drew. */
        record Picture(byte[] png) implements Output {}
    }

    /**
     * A file of a session.
     *
     * @param name below {@code /mnt/data}
     * @param changed when it was written last, in the sandbox's own nanoseconds
     */
    record SandboxFile(String name, long size, long changed) {}

    /** The sandbox refused an operation; the session goes on. */
    class Refused extends IOException {

        private static final long serialVersionUID = 1;

        public Refused(String message) {
            super(message);
        }
    }

    /** A limit was hit for which the session had to be ended. */
    class Ended extends IOException {

        private static final long serialVersionUID = 1;

        public Ended(String message) {
            super(message);
        }
    }
}
