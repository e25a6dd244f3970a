package dev.threadwell.api.migration;

/** Hears what a dump turns out to have in it. */
interface DumpListener {

    /** An object. */
    void found(Dumped object);

    /** What begins in this line is no JSON, no object, or too large. */
    void broken(long line);
}
