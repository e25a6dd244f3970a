package dev.threadwell.api.migration;

/** Receives the objects and the errors that are found in a dump. */
interface DumpListener {

    /** An object. */
    void found(Dumped object);

    /** What begins in this line is no JSON, or no object. */
    void broken(long line);

    /** The object that begins in this line is larger than one may be that is stored. */
    void tooLarge(long line);
}
