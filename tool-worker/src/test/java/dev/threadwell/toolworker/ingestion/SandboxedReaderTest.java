package dev.threadwell.toolworker.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.extractor.MadeDocuments;
import dev.threadwell.extractor.Word97;
import dev.threadwell.toolworker.sandbox.Limits;
import dev.threadwell.toolworker.sandbox.Program;
import dev.threadwell.toolworker.sandbox.Sandbox;
import dev.threadwell.toolworker.sandbox.SandboxForTests;
import dev.threadwell.toolworker.sandbox.Sandboxed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents are read in a sandbox, and a bad one costs itself alone. */
class SandboxedReaderTest {

    private static final String TIDES = "Low water is at noon.";
    private static final long MIB = 1 << 20;

    private static final Limits LIMITS =
            new Limits(
                    768 * MIB,
                    Limits.UNLIMITED,
                    64,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(30),
                    512 * MIB,
                    64 * MIB,
                    1_000);

    private final CountingSandbox sandbox = new CountingSandbox();
    private final SandboxedReader reader =
            new SandboxedReader(sandbox, LIMITS, Duration.ofMinutes(2));

    /** Knows how many processes there have been. */
    private static final class CountingSandbox extends Sandbox {

        private int started;

        CountingSandbox() {
            super(SandboxForTests.config());
        }

        @Override
        public Sandboxed start(Program program) throws IOException {
            started++;
            return super.start(program);
        }
    }

    @AfterEach
    void close() {
        reader.close();
    }

    static Stream<Arguments> readable() throws IOException {
        return Stream.of(
                Arguments.of(".pdf", MadeDocuments.pdf(TIDES)),
                Arguments.of(".doc", Word97.document(TIDES)),
                Arguments.of(".docx", MadeDocuments.docx(TIDES)),
                Arguments.of(".pptx", MadeDocuments.pptx(TIDES)),
                Arguments.of(
                        ".html",
                        "<html><head><title>x</title><script>evil()</script></head><body><p>Low <b>water</b> is at noon.</p></body>"
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void theTextOfADocumentIsFound(String extension, byte[] document) {
        assertThat(text(reader.read(extension, document))).contains(TIDES).doesNotContain("evil");
    }

    static Stream<Arguments> bad() throws IOException {
        return Stream.of(
                Arguments.of(".pdf", "an encrypted one", MadeDocuments.encryptedPdf(), "encrypted"),
                Arguments.of(".pdf", "no PDF", new byte[] {1, 2, 3}, "damaged"),
                Arguments.of(".doc", "no document", new byte[] {1, 2, 3}, "damaged"),
                Arguments.of(
                        ".docx", "a flood", MadeDocuments.docxOf(MadeDocuments.flood()), "damaged"),
                Arguments.of(
                        ".docx",
                        "a billion laughs",
                        MadeDocuments.docxOf(MadeDocuments.billionLaughs()),
                        "damaged"),
                Arguments.of(
                        ".docx",
                        "what reads host files",
                        MadeDocuments.docxOf(MadeDocuments.readsPasswords()),
                        "damaged"),
                Arguments.of(".pdf", "a bomb", MadeDocuments.pdfBomb(), "within the limits"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("bad")
    void aBadDocumentCostsItselfAlone(String extension, String name, byte[] bad, String why)
            throws IOException {
        assertThat(reader.read(extension, bad))
                .isInstanceOfSatisfying(
                        Extraction.Unreadable.class,
                        unreadable -> {
                            assertThat(unreadable.failure().code()).isEqualTo("invalid_file");
                            assertThat(unreadable.failure().message()).contains(why);
                        });

        assertThat(text(reader.read(".docx", MadeDocuments.docx(TIDES)))).contains(TIDES);
    }

    @Test
    void aProcessReadsManyDocuments() throws IOException {
        byte[] document = MadeDocuments.docx(TIDES);
        for (int i = 0; i < 20; i++) {
            assertThat(text(reader.read(".docx", document))).contains(TIDES);
        }
        assertThat(sandbox.started).isEqualTo(1);
    }

    private static String text(Extraction extraction) {
        assertThat(extraction).isInstanceOf(Extraction.Text.class);
        return ((Extraction.Text) extraction).text();
    }
}
