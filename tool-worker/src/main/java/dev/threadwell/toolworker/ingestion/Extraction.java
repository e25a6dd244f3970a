package dev.threadwell.toolworker.ingestion;

import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** What a file says: its text, or why it has none. */
sealed interface Extraction {

    /** The file's text. */
    record Text(String text) implements Extraction {}

    /** The file cannot be read. */
    record Unreadable(Failure failure) implements Extraction {}

    /** Of these only the text inside can be searched. */
    Set<String> DOCUMENTS = Set.of(".pdf", ".doc", ".docx", ".pptx");

    String HTML = ".html";

    /** The text of the file with this name. */
    static Extraction of(String filename, byte[] bytes, DocumentReader reader) {
        String extension = extension(filename);
        if (DOCUMENTS.contains(extension) || extension.equals(HTML) && reader.available()) {
            return reader.read(extension, bytes);
        }
        try {
            return text(decoded(bytes));
        } catch (CharacterCodingException e) {
            return unreadable("invalid_file", "The file is not a text in UTF-8, UTF-16 or ASCII.");
        }
    }

    private static String extension(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot < 0 ? "" : filename.substring(dot).toLowerCase(Locale.ROOT);
    }

    /** A text, if there is anything in it. */
    static Extraction text(String text) {
        if (text.indexOf('\0') >= 0) {
            return unreadable("invalid_file", "The file is not a text.");
        }
        return text.isBlank()
                ? unreadable("invalid_file", "The file has no text.")
                : new Text(text);
    }

    private static Extraction unreadable(String code, String message) {
        return new Unreadable(new Failure(code, message));
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return decoded(bytes, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return decoded(bytes, 0, unmarked(bytes));
    }

    /** In UTF-16 most texts have many zeros, all on one side; in UTF-8 they have none. */
    private static Charset unmarked(byte[] bytes) {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0 && i % 2 == 0) {
                even++;
            } else if (bytes[i] == 0) {
                odd++;
            }
        }
        if (even == 0 && odd == 0) {
            return StandardCharsets.UTF_8;
        }
        return odd > even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static String decoded(byte[] bytes, int from, Charset charset)
            throws CharacterCodingException {
        return charset.newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
