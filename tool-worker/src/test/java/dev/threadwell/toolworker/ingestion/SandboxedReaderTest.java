package dev.threadwell.toolworker.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.extractor.MadeDocuments;
import dev.threadwell.extractor.Word97;
import dev.threadwell.toolworker.sandbox.Sandbox;
import dev.threadwell.toolworker.sandbox.SandboxForTests;
import dev.threadwell.toolworker.sandbox.SandboxLimits;
import dev.threadwell.toolworker.sandbox.SandboxProcess;
import dev.threadwell.toolworker.sandbox.SandboxUnavailable;
import dev.threadwell.toolworker.sandbox.SandboxedProgram;
import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents are read in a sandbox, and a bad one costs itself alone. */
@Tag("server")
class SandboxedReaderTest {

    private static final String TIDES = "Low water is at noon.";
    private static final long MIB = 1 << 20;

    private static final SandboxLimits LIMITS =
            new SandboxLimits(
                    768 * MIB,
                    SandboxLimits.UNLIMITED,
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

        /** What becomes of the next programs before they are started. */
        private final Queue<UnaryOperator<SandboxedProgram>> changes = new ArrayDeque<>();

        CountingSandbox() {
            super(SandboxForTests.config());
        }

        @Override
        public SandboxProcess start(SandboxedProgram program) throws IOException {
            started++;
            UnaryOperator<SandboxedProgram> change = changes.poll();
            return super.start(change == null ? program : change.apply(program));
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

    private static SandboxedProgram withoutPdfBox(SandboxedProgram program) {
        Map<String, Path> files = new LinkedHashMap<>(program.readOnly());
        files.keySet().removeIf(path -> path.contains("pdfbox-3"));
        return new SandboxedProgram(
                program.command(), program.environment(), files, program.limits());
    }

    /** The same with another command, of the shell. */
    private static UnaryOperator<SandboxedProgram> ending(String command) {
        return program ->
                new SandboxedProgram(
                        List.of("/usr/bin/sh", "-c", command),
                        Map.of(),
                        Map.of(),
                        program.limits());
    }

    @Test
    void aLibraryThatIsMissingIsNotTheDocumentsFault() throws IOException {
        byte[] pdf = MadeDocuments.pdf(TIDES);
        sandbox.changes.add(SandboxedReaderTest::withoutPdfBox);

        assertThatThrownBy(() -> reader.read(".pdf", pdf))
                .isInstanceOf(ReaderUnavailable.class)
                .hasMessageContaining("NoClassDefFoundError: org/apache/pdfbox");
        assertThat(text(reader.read(".pdf", pdf))).contains(TIDES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo a reason >&2; exit 1",
                "kill -SEGV $$",
                "echo garbage; exit 0",
                "exit 0"
            })
    void aCrashIsNotTheDocumentsFault(String command) throws IOException {
        byte[] document = MadeDocuments.docx(TIDES);
        sandbox.changes.add(ending(command));

        assertThatThrownBy(() -> reader.read(".docx", document))
                .isInstanceOf(ReaderUnavailable.class);
        assertThat(text(reader.read(".docx", document))).contains(TIDES);
    }

    @Test
    void aCrashIsLoggedWithWhatTheProcessSaid() throws IOException {
        byte[] document = MadeDocuments.docx(TIDES);
        sandbox.changes.add(ending("echo a reason >&2; exit 1"));

        assertThatThrownBy(() -> reader.read(".docx", document))
                .hasMessageContaining("ended with 1: a reason");
    }

    @Test
    void aProcessThatIsKilledOnceIsReplaced() throws IOException {
        sandbox.changes.add(ending("kill -KILL $$"));

        assertThat(text(reader.read(".docx", MadeDocuments.docx(TIDES)))).contains(TIDES);
        assertThat(sandbox.started).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 3", "kill -XCPU $$"})
    void aLimitThatIsReachedIsTheDocumentsFault(String command) throws IOException {
        byte[] document = MadeDocuments.docx(TIDES);
        sandbox.changes.add(ending(command));

        assertThat(reader.read(".docx", document))
                .isEqualTo(
                        new Extraction.Unreadable(
                                new Failure(
                                        "invalid_file",
                                        "The file cannot be read within the limits.")));
    }

    @Test
    void withoutASandboxDocumentsAreNotAtFault() throws IOException {
        byte[] document = MadeDocuments.docx(TIDES);
        sandbox.changes.add(
                _ -> {
                    throw new SandboxUnavailable("no bubblewrap");
                });

        assertThatThrownBy(() -> reader.read(".docx", document))
                .isInstanceOf(ReaderUnavailable.class)
                .hasRootCauseMessage("no bubblewrap");
    }

    private static String text(Extraction extraction) {
        assertThat(extraction).isInstanceOf(Extraction.Text.class);
        return ((Extraction.Text) extraction).text();
    }
}
