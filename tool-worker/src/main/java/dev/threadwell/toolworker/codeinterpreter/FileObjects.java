package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.file.FileObject;
import dev.threadwell.topic.ToolRequested;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Port to the file objects that code reads and creates. */
interface FileObjects {

    /** Receives the bytes of a file. */
    interface Taker {

        void take(InputStream bytes, long size) throws IOException;
    }

    /** The files that the call's run can read: those of its assistant and of its thread. */
    List<FileObject> of(ToolRequested call);

    /** Passes the bytes of a file and their number to the taker. */
    void read(ToolRequested call, FileObject file, Taker taker) throws IOException;

    /** The total size in bytes of all files of the call's project. */
    long bytesOfProject(ToolRequested call);

    /**
     * Creates a file object. Idempotent: a repeated call creates the same file.
     *
     * @param path the path by which the model knows the file
     * @return the id of the file
     */
    String make(ToolRequested call, String path, InputStream bytes) throws IOException;
}
