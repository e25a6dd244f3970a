package dev.threadwell.toolworker.ingestion;

import dev.threadwell.extractor.TextEncoding;
import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Set;

/** The result of reading a file: its text, or the reason why it cannot be read. */
public sealed interface Extraction {

    /** The file's text. */
    record Text(String text) implements Extraction {}

    /** The file cannot be read. */
    record Unreadable(Failure failure) implements Extraction {}

    /** The binary formats, whose text has to be extracted. */
    Set<String> DOCUMENTS = Set.of(".pdf", ".doc", ".docx", ".pptx");

    String HTML = ".html";

    /** Reads the text of the file with this name. */
    static Extraction of(String filename, byte[] bytes, DocumentReader reader) {
        String extension = extension(filename);
        if (DOCUMENTS.contains(extension) || extension.equals(HTML) && reader.available()) {
            return reader.read(extension, bytes);
        }
        try {
            return text(TextEncoding.decoded(bytes));
        } catch (CharacterCodingException e) {
            return unreadable("The file is not a text in UTF-8, UTF-16 or ASCII.");
        }
    }

    private static String extension(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot < 0 ? "" : filename.substring(dot).toLowerCase(Locale.ROOT);
    }

    /** The text, or a failure if it is blank. */
    static Extraction text(String text) {
        return text.isBlank() ? unreadable("The file has no text.") : new Text(text);
    }

    private static Extraction unreadable(String message) {
        return new Unreadable(new Failure("invalid_file", message));
    }
}
