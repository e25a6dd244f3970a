package dev.threadwell.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.threadwell.Samples;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.file.FileObject;
import dev.threadwell.file.Upload;
import dev.threadwell.file.UploadPart;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JSON on the wire: the expected files are written as by Python's {@code json.dumps(o,
 * indent=2, ensure_ascii=False)}, which is the format of the original API's responses.
 */
class WireTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private static final Map<String, JavaType> TYPES =
            Map.ofEntries(
                    Map.entry("assistant", type(new TypeReference<Assistant>() {})),
                    Map.entry("thread", type(new TypeReference<ThreadObject>() {})),
                    Map.entry("message", type(new TypeReference<Message>() {})),
                    Map.entry("run", type(new TypeReference<Run>() {})),
                    Map.entry("step", type(new TypeReference<RunStep>() {})),
                    Map.entry("file", type(new TypeReference<FileObject>() {})),
                    Map.entry("upload", type(new TypeReference<Upload>() {})),
                    Map.entry("part", type(new TypeReference<UploadPart>() {})),
                    Map.entry("page", type(new TypeReference<Page<Message>>() {})),
                    Map.entry("deleted", type(new TypeReference<Deleted>() {})),
                    Map.entry("error", type(new TypeReference<Map<String, Object>>() {})),
                    Map.entry("delta", type(new TypeReference<Map<String, Object>>() {})));

    private static JavaType type(TypeReference<?> reference) {
        return TypeFactory.defaultInstance().constructType(reference);
    }

    private static Path directory() {
        return Path.of("src/test/resources/wire/v2");
    }

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.walk(directory())) {
            return files.filter(Files::isRegularFile)
                    .map(f -> directory().relativize(f).toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    private static String text(String name) {
        try {
            return Files.readString(directory().resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object object(String name) throws IOException {
        return Json.mapper().readValue(text(name), TYPES.get(name.substring(0, name.indexOf('/'))));
    }

    private static String pretty(Object value) {
        return new String(Json.pretty(value), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsReadIsWrittenAgainByteForByte(String name) throws IOException {
        assertThat(pretty(object(name))).isEqualTo(text(name));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCompactFormHasTheSameKeysInTheSameOrderAndNoSpaces(String name) throws IOException {
        String compact = Json.compact(object(name));
        assertThat(pretty(Json.mapper().readTree(compact))).isEqualTo(text(name));
        assertThat(PLAIN.readTree(compact)).isEqualTo(PLAIN.readTree(text(name)));
        assertThat(withoutTexts(compact)).doesNotContain(" ", "\n");
        assertThat(Json.bytes(object(name))).isEqualTo(compact.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTreeKeepsTheSpellingOfItsNumbers(String name) throws IOException {
        JsonNode tree = Json.mapper().readTree(text(name));
        assertThat(pretty(tree)).isEqualTo(text(name));
    }

    private static String withoutTexts(String json) {
        return json.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "");
    }

    @Test
    void everyStatusOfARunHasItsFile() throws IOException {
        assertThat(cases())
                .containsAll(
                        Arrays.stream(RunStatus.values()).map(s -> "run/" + s.wire()).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "1.0",
                "100.0",
                "0.0",
                "0.1",
                "12.50",
                "123456789012345678901234567890",
                "9007199254740993",
                "-1"
            })
    void numbersInFreeFormPartsKeepTheirSpelling(String number) throws IOException {
        String json = "{\"minimum\":" + number + "}";
        assertThat(Json.compact(Json.read(json, Map.class))).isEqualTo(json);
        assertThat(Json.compact(Json.mapper().readTree(json))).isEqualTo(json);
        assertThat(Json.compact(Json.read(Json.mapper().readTree(json), Map.class)))
                .isEqualTo(json);
    }

    @Test
    void emptyObjectsAndListsStayOnTheirLine() {
        assertThat(pretty(Json.read("{\"a\":[[],{},[{}]],\"b\":{\"c\":{}}}", Map.class)))
                .isEqualTo(
                        """
                        {
                          "a": [
                            [],
                            {},
                            [
                              {}
                            ]
                          ],
                          "b": {
                            "c": {}
                          }
                        }""");
    }

    @Test
    void controlCharactersAreEscapedAsPythonEscapesThem() {
        assertThat(Json.compact("\0\b\t\n\f\r\u001b\"\\/\u007f\u2028é🚢"))
                .isEqualTo("\"\\u0000\\b\\t\\n\\f\\r\\u001b\\\"\\\\/\u007f\u2028é🚢\"");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\ud83d, a\ud83d",
        "\\ud83dz, \ud83dz",
        "\\ude00b, \ude00b",
        "\\ude00\\ud83d, \ude00\ud83d"
    })
    void halfACharacterIsWrittenAsItsEscape(String json, String text) {
        assertThat(Json.compact(text)).isEqualTo('"' + json + '"');
        assertThat(Json.read(Json.compact(text), String.class)).isEqualTo(text);
    }

    @Test
    void aStatusThatNobodyKnowsIsNotRead() {
        String json = text("run/queued").replace("\"queued\"", "\"asleep\"");
        assertThatThrownBy(() -> Json.read(json, Run.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("status");
    }

    @Test
    void aFieldThatALaterVersionAddsIsSkipped() {
        String json = text("thread/plain").replace("\"metadata\"", "\"later\": 1, \"metadata\"");
        assertThat(pretty(Json.read(json, ThreadObject.class))).isEqualTo(text("thread/plain"));
    }

    @Test
    void errorsHaveTheFourKeysOfTheEnvelope() {
        String run = "run_Seagull0Over1Water2Fast3X";
        String thread = "thread_Quay0Walk1Morning2Tid3";
        Map<String, ApiError> errors =
                Map.of(
                        "error/no_run", ApiError.notFound("run", run),
                        "error/unknown_parameter",
                                ApiError.badRequest(
                                        "Unknown parameter: 'x'.", "x", "unknown_parameter"),
                        "error/busy_thread", ApiError.threadHasActiveRun(thread, run),
                        "error/held_thread", ApiError.runHoldsThread(thread, run),
                        "error/server", ApiError.server("req_17"));
        errors.forEach((name, error) -> assertThat(pretty(error.body())).isEqualTo(text(name)));
    }

    @Test
    void aPageNamesItsFirstAndItsLastItem() throws IOException {
        var read = (Page<?>) object("page/messages");
        List<Message> items = read.data().stream().map(Message.class::cast).toList();
        assertThat(pretty(Page.of(items, Message::id, true))).isEqualTo(text("page/messages"));
        assertThat(pretty(Page.of(List.<Message>of(), Message::id, false)))
                .isEqualTo(text("page/empty"));
    }

    @Test
    void deletedObjectsAreNamedByTheirKind() {
        assertThat(pretty(Deleted.of("thread_Quay0Walk1Morning2Tid3", "thread")))
                .isEqualTo(text("deleted/thread"));
    }

    @Test
    void aStreamShowsAnEmptyListOfFilesWhereRestShowsNoResources() {
        Run run = Json.read(text("run/queued"), Run.class);
        ThreadObject thread = Json.read(text("thread/plain"), ThreadObject.class);
        assertThat(pretty(StreamView.of(run))).isEqualTo(text("run/streamed"));
        assertThat(StreamView.of(StreamView.of(thread)).toolResources())
                .isEqualTo(Map.of("code_interpreter", Map.of("file_ids", List.of())));
        assertThat(StreamView.of(Samples.run(RunStatus.QUEUED)).id()).startsWith("run_");
    }
}
