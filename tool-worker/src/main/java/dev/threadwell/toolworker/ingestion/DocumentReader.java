package dev.threadwell.toolworker.ingestion;

/** Takes the text out of documents that are not text themselves. */
interface DocumentReader {

    /**
     * What the document says, or why that cannot be told. Blocks.
     *
     * @throws ReaderBroken if that is not the document's fault
     */
    Extraction read(String extension, byte[] document);

    /** Whether documents can be read here at all. */
    boolean available();
}
