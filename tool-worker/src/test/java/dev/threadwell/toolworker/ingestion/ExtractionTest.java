package dev.threadwell.toolworker.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractionTest {

    private static final String TEXT = "Grüße aus 東京, and more plain words 🚢\r\n";

    /** Reads no document, and says so. */
    private static final DocumentReader NOBODY = reader(false);

    private static DocumentReader reader(boolean available) {
        return new DocumentReader() {
            @Override
            public Extraction read(String extension, byte[] document) {
                return available
                        ? new Extraction.Text("read as " + extension)
                        : new Extraction.Unreadable(
                                new Failure("unsupported_file", "no reader of " + extension));
            }

            @Override
            public boolean available() {
                return available;
            }
        };
    }

    private static Failure failure(String name, byte[] bytes) {
        return ((Extraction.Unreadable) Extraction.of(name, bytes, NOBODY)).failure();
    }

    private static byte[] joined(String mark, byte[] bytes) {
        byte[] begin = HexFormat.of().parseHex(mark);
        byte[] all = java.util.Arrays.copyOf(begin, begin.length + bytes.length);
        System.arraycopy(bytes, 0, all, begin.length, bytes.length);
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "'', UTF-8",
        "efbbbf, UTF-8",
        "fffe, UTF-16LE",
        "feff, UTF-16BE",
        "'', UTF-16LE",
        "'', UTF-16BE"
    })
    void aTextIsReadInEachOfItsEncodings(String mark, Charset charset) {
        assertThat(Extraction.of("a.txt", joined(mark, TEXT.getBytes(charset)), NOBODY))
                .isEqualTo(new Extraction.Text(TEXT));
    }

    @Test
    void nulsAreNoPartOfAText() {
        byte[] bytes = "first part\0second part".getBytes(StandardCharsets.UTF_8);

        assertThat(Extraction.of("a.txt", bytes, NOBODY))
                .isEqualTo(new Extraction.Text("first partsecond part"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff00fe", "c328", "00"})
    void whatIsNoTextIsInvalid(String hex) {
        assertThat(failure("a.txt", HexFormat.of().parseHex(hex)).code()).isEqualTo("invalid_file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "\uFEFF", "\0\0"})
    void aFileWithoutTextIsInvalid(String text) {
        assertThat(failure("a.md", text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Failure("invalid_file", "The file has no text."));
    }

    @Test
    void aDocumentIsNotReadWithoutAReader() {
        assertThat(failure("Report.PDF", "%PDF".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Failure("unsupported_file", "no reader of .pdf"));
    }

    @Test
    void aPageOfTheWebIsATextWhereThereIsNoReader() {
        byte[] page = "<p>tides</p>".getBytes(StandardCharsets.UTF_8);

        assertThat(Extraction.of("a.html", page, NOBODY))
                .isEqualTo(new Extraction.Text("<p>tides</p>"));
        assertThat(Extraction.of("a.html", page, reader(true)))
                .isEqualTo(new Extraction.Text("read as .html"));
    }
}
