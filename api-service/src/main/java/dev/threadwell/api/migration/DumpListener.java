package dev.threadwell.api.migration;

/** Receives the objects and the errors that are found in a dump. */
interface DumpListener {

    /** An object was found. */
    void found(DumpObject object);

    /** Text that begins in this line is not a JSON object. */
    void broken(long line);

    /** The object that begins in this line is too large to be stored. */
    void tooLarge(long line);
}
