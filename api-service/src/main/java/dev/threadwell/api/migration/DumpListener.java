package dev.threadwell.api.migration;

/** Hears what a dump turns out to have in it. */
interface DumpListener {

    /** An object. */
    void found(Dumped object);

    /** What begins in this line is no JSON, or no object. */
    void broken(long line);

    /** The object that begins in this line is larger than one may be that is stored. */
    void tooLarge(long line);
}
