package dev.threadwell.thread;

/** A picture of a thread, with the name by which a model refers to it. */
public sealed interface ThreadPicture {

    /** The name for the model. */
    String name();

    /** A picture in a file object: uploaded by a client, or made by a tool. */
    record Stored(String fileId) implements ThreadPicture {

        /** The id of the file. */
        @Override
        public String name() {
            return fileId;
        }
    }

    /**
     * A picture that a message references by URL.
     *
     * @param name {@code picture-N}, where N counts the thread's pictures from 1, oldest first
     */
    record Linked(String name, String url) implements ThreadPicture {}
}
