package dev.threadwell.toolworker.ingestion;

/** Port to the extraction of text from documents such as PDF and Word. */
public interface DocumentReader {

    /**
     * Extracts the document's text, or the reason why it has none. Blocking.
     *
     * @throws ReaderUnavailable if the failure is not the document's fault
     */
    Extraction read(String extension, byte[] document);

    /** Whether documents can be read here. */
    boolean available();
}
