package dev.threadwell.clients;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The samples of documents that taught the API, as a reader of them would run them. */
@AgainstThreadwell
class SamplesTest {

    /** A script in {@code samples/documents}, and the SDK of its document's time. */
    private record Document(String name, String version, String wire) {}

    private static final List<Document> DOCUMENTS =
            List.of(
                    new Document("readme", "1.44.0", "v2"),
                    new Document("notebook", "1.3.2", "v1"),
                    new Document("course", "1.44.0", "v2"),
                    new Document("page", "1.13.3", "v1"),
                    new Document("overview", "1.3.2", "v1"));

    /** The last two make the documents' files; the one before is imported by samples. */
    private static final String[] WITH = {
        "httpx==0.27.2", "python-dotenv", "reportlab>=4", "pillow>=10"
    };

    @TestFactory
    Stream<DynamicContainer> theSamplesDoWhatTheirDocumentsShow(Target target) {
        if (target.simulator().isEmpty()) {
            throw LeftOut.optional("-Dthreadwell.test.simulator does not say where it is");
        }
        return DOCUMENTS.stream().map(document -> read(document, target)).map(ReadDocument::tests);
    }

    @Test
    void theComparisonFindsWhatDiffers() {
        Command.of("python3", "-B", "-m", "unittest", "test_shown")
                .in(Repository.SAMPLES)
                .run("cannot start Python")
                .orFail("The comparison is wrong.");
    }

    private static ReadDocument read(Document document, Target target) {
        Sdk sdk = PythonSdk.version(document.version(), WITH);
        Command.Ended ended =
                sdk.script(Repository.SAMPLES.resolve("read.py"))
                        .with(
                                Repository.SAMPLES
                                        .resolve("documents")
                                        .resolve(document.name() + ".py"))
                        .against(target)
                        .set("THREADWELL_SIMULATOR", target.simulator())
                        .run("cannot start Python");
        Subject subject = sdk.subject(document.wire(), "samples");
        String used = "%s %s, %s".formatted(subject.client(), subject.version(), subject.wire());
        ReadDocument read = ReadDocument.of(document.name(), used, ended);
        Conformance.saw(read);
        return read;
    }
}
