package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ReadDocumentTest {

    private static final String DOCUMENT =
            """
            {"document": "A page", "samples": ["1", "1a"]}""";
    private static final String WELL =
            """
            {"sample": "1", "what": "A run", "result": "as shown", "changed": "the id", "failure": null}""";
    private static final String BROKEN =
            """
            {"sample": "1a", "what": "Again", "result": "as shown", "changed": "", "failure": "no run"}""";

    @Test
    void aSampleThatIsAsShownPasses() {
        assertThatCode(test(read(0, DOCUMENT, WELL), 0)::execute).doesNotThrowAnyException();
    }

    @Test
    void aSampleThatIsNotAsShownFailsWithItsReason() {
        assertThatThrownBy(test(read(0, DOCUMENT, WELL, BROKEN), 1)::execute)
                .hasMessage("sample 1a of page: no run");
    }

    @Test
    void aSampleThatWasNeverReachedFails() {
        assertThatThrownBy(test(read(0, DOCUMENT, WELL), 1)::execute)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aReaderThatBreaksFails() {
        assertThatThrownBy(test(read(1, DOCUMENT, WELL), 2)::execute)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aDocumentWithoutSamplesFails() {
        assertThatThrownBy(test(read(0), 0)::execute).isInstanceOf(AssertionError.class);
    }

    @Test
    void aRowSaysWhatWasChangedAndWhatFailed() {
        assertThat(read(0, DOCUMENT, WELL, BROKEN).rows())
                .containsExactly(
                        "| page | 1. A run | as shown | the id |%n".formatted(),
                        "| page | 1a. Again | **not as shown** |  |%n".formatted());
    }

    @Test
    void samplesOfOursAreNotCounted() {
        assertThat(read(0, DOCUMENT, WELL).summary()).contains("A page; 1 samples");
    }

    private static Executable test(ReadDocument document, int index) {
        List<DynamicTest> tests =
                document.tests().getChildren().map(DynamicTest.class::cast).toList();
        return tests.get(index).getExecutable();
    }

    private static ReadDocument read(int exitCode, String... lines) {
        var ended = new Command.Ended(Command.of("read"), exitCode, String.join("\n", lines), "");
        return ReadDocument.of("page", "an SDK", ended);
    }
}
