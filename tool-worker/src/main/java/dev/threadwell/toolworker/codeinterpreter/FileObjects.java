package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.file.FileObject;
import dev.threadwell.topic.ToolRequested;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files that code works with, and those that are made of what it writes. */
interface FileObjects {

    /** Takes a file. */
    interface Taker {

        void take(InputStream bytes, long size) throws IOException;
    }

    /** Those of the run of a call: of its assistant and its thread. */
    List<FileObject> of(ToolRequested call);

    /** Hands one of them over; who takes it is told how many bytes there are. */
    void read(ToolRequested call, FileObject file, Taker taker) throws IOException;

    /** How many bytes the files of the call's project have together. */
    long bytesOfProject(ToolRequested call);

    /**
     * Makes a file object; the same one again when the call is executed again.
     *
     * @param path as the model knows it
     * @return its id
     */
    String make(ToolRequested call, String path, InputStream bytes) throws IOException;
}
