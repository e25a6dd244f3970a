package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.extractor.MadeDocuments;
import dev.threadwell.extractor.Word97;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What depends on the class path of the assembled product works in each of its forms. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AssemblyRules {

    private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".gif", ".webp");

    private Assembly assembly;

    abstract Assembly start();

    @BeforeAll
    void begin() {
        assembly = start();
    }

    @AfterAll
    void end() {
        if (assembly != null) {
            assembly.close();
        }
    }

    Client client() {
        return assembly.client();
    }

    /** The types of documents that the page on file search promises to read. */
    private static List<String> promisedTypes() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/tools/file-search.md"));
        return Pattern.compile("^\\| `(\\.[^`]+)` \\|", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(" ")))
                .filter(type -> type.startsWith("."))
                .distinct()
                .toList();
    }

    private static byte[] document(String type, String text) throws IOException {
        return switch (type) {
            case ".pdf" -> MadeDocuments.pdf(text);
            case ".doc" -> Word97.document(text);
            case ".docx" -> MadeDocuments.docx(text);
            case ".pptx" -> MadeDocuments.pptx(text);
            case ".html" ->
                    "<html><body><p>%s</p></body></html>"
                            .formatted(text)
                            .getBytes(StandardCharsets.UTF_8);
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String word(String type) {
        return "quay" + type.substring(1);
    }

    /** A store with these files, each of which was read without an error. */
    private ClientStore storeThatHasRead(List<String> files) {
        String id =
                client().http()
                        .post("/v1/vector_stores", Map.of("file_ids", files))
                        .ok()
                        .path("id")
                        .asText();
        ClientStore store = new ClientStore(client().http(), id, files).becomes("completed");

        assertThat(store.files())
                .allSatisfy(
                        file ->
                                assertThat(store.file(file).path("last_error").isNull())
                                        .as("%s", store.file(file))
                                        .isTrue());
        return store;
    }

    @Test
    void theWordsOfADocumentOfEachTypeAreFound() throws IOException {
        List<String> types = new ArrayList<>(promisedTypes());
        types.removeAll(PICTURES);
        assertThat(types).hasSize(21).contains(".pdf", ".doc", ".docx", ".pptx", ".html", ".txt");
        List<String> files = new ArrayList<>();
        for (String type : types) {
            byte[] document = document(type, "The ferry leaves from " + word(type) + " today.");
            files.add(client().http().upload("ferry" + type, document).ok().path("id").asText());
        }

        ClientStore store = storeThatHasRead(files);
        for (String type : types) {
            assertThat(store.finds(word(type)).getFirst().path("filename").asText())
                    .isEqualTo("ferry" + type);
        }
    }

    @Test
    void aPictureOfEachTypeIsReadAndOneIsFoundByItsDescription() throws IOException {
        assertThat(promisedTypes()).containsAll(PICTURES);
        List<String> files = new ArrayList<>();
        for (String type : PICTURES) {
            byte[] picture = Pictures.of(type, "A lighthouse behind the breakwater");
            files.add(client().http().upload("view" + type, picture).ok().path("id").asText());
        }

        ClientStore store = storeThatHasRead(files);
        assertThat(store.finds("lighthouse breakwater").getFirst().path("filename").asText())
                .isEqualTo("view.png");
    }

    @Test
    void whatMeansTheSameIsFoundInEnglishAndInChinese() {
        ClientStore store =
                client().store(
                                "tides.txt",
                                "The sea is lowest around midday.",
                                "food.txt",
                                "Effie loves pizza.",
                                "sport.txt",
                                "他每天早上跑步。",
                                "weather.txt",
                                "明天会下大雨。")
                        .becomes("completed");

        assertThat(store.finds("favourite meal").getFirst().path("filename").asText())
                .isEqualTo("food.txt");
        assertThat(store.finds("锻炼身体").getFirst().path("filename").asText()).isEqualTo("sport.txt");
    }

    @Test
    void codeIsExecuted() {
        ClientRun run =
                client().withCodeInterpreter()
                        .asks(
                                simulate(
                                        "{'calls':[{'name':'code_interpreter','arguments':{'code':'import"
                                                + " math, pandas\\n"
                                                + "math.sqrt(1234567)'}}],'then':{'say':'Done.'}}"));

        run.becomes(COMPLETED);
        JsonNode outputs = run.firstCall().at("/code_interpreter/outputs");
        assertThat(outputs.at("/0/logs").asText()).isEqualTo("1111.1107055554814");
    }

    /** A run with a tool first, because Kafka's clients show the topics that they have read. */
    @Test
    void everyMetricIsOnThePageAndTheOtherWayRound() throws IOException {
        MetricsPage page = MetricsPage.read();
        client().withCodeInterpreter().asks(simulate("{'say':'Hello.'}")).becomes(COMPLETED);
        List<Scrape> scrapes = assembly.scrapes();
        assertThat(page.rows()).hasSizeGreaterThan(40);

        assertThat(scrapes)
                .isNotEmpty()
                .allSatisfy(
                        scrape -> assertThat(scrape.metrics()).isNotEmpty().allMatch(page::covers));
        for (MetricsPage.Row row : page.rows()) {
            assertThat(scrapes)
                    .as("shows %s", row.name())
                    .filteredOn(scrape -> row.services().stream().anyMatch(scrape::isOf))
                    .isNotEmpty()
                    .anyMatch(scrape -> scrape.has(row));
        }
    }

    /** Names that only a client has written are on no page. */
    @Test
    void nothingOfARunIsALabel() {
        ClientRun run = client().asks(simulate("{'say':'Hello.'}"));
        run.becomes(COMPLETED);

        assertThat(assembly.scrapes())
                .allSatisfy(
                        scrape ->
                                assertThat(scrape.text())
                                        .doesNotContain("sk-tw-")
                                        .doesNotContainPattern(
                                                "(thread|run|asst|step|msg)_[0-9A-Za-z]{20}"));
    }

    /** How many files lie below the directory. */
    static long files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
