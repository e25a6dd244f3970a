package dev.threadwell.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownMessageTest {

    private static final Map<String, Object> CITATION =
            Map.of("type", "file_citation", "text", "[1]");

    private final ShownMessage shown = new ShownMessage();

    private static Message message(MessageContent... content) {
        return Message.begun("msg_1", 1, "asst_1", "thread_1", "run_1")
                .completed(List.of(content), 2);
    }

    private void takes(String part) {
        shown.take(
                ("{\"id\":\"msg_1\",\"object\":\"thread.message.delta\",\"delta\":{\"content\":["
                                + part
                                + "]}}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private List<String> missing(MessageContent... content) {
        return shown.missing(message(content)).orElseThrow().stream()
                .map(PublicJson::text)
                .map(delta -> delta.replaceAll(".*\"content\":\\[(.*)]}}$", "$1"))
                .toList();
    }

    @Test
    void ofAMessageThatWasShownWholeNothingIsMissing() {
        takes("{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\"Hi \",\"annotations\":[]}}");
        takes("{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\"there\"}}");
        assertThat(missing(MessageContent.Text.of("Hi there"))).isEmpty();
    }

    @Test
    void theWordsBehindThoseThatWereShownAreMissing() {
        takes(
                "{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\"Grüße 😀\",\"annotations\":[]}}");
        assertThat(missing(MessageContent.Text.of("Grüße 😀 an alle")))
                .containsExactly(
                        "{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\" an alle\"}}");
    }

    @Test
    void aPartThatWasNotShownIsMissingAsAWhole() {
        takes("{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\"See\",\"annotations\":[]}}");
        assertThat(
                        missing(
                                MessageContent.Text.of("See"),
                                new MessageContent.ImageFile(Map.of("file_id", "file-1")),
                                new MessageContent.Refusal("No.")))
                .containsExactly(
                        "{\"index\":1,\"type\":\"image_file\",\"image_file\":{\"file_id\":\"file-1\"}}",
                        "{\"index\":2,\"type\":\"refusal\",\"refusal\":\"No.\"}");
    }

    @Test
    void anAnnotationThatWasNotShownIsMissingWithItsNumber() {
        takes(
                "{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\"A[1]\",\"annotations\":["
                        + "{\"index\":0,\"type\":\"file_citation\",\"text\":\"[1]\"}]}}");
        var whole =
                new MessageContent.Text(
                        new MessageContent.Value("A[1] B[1]", List.of(CITATION, CITATION)));
        assertThat(missing(whole).getFirst())
                .contains("\"value\":\" B[1]\"", "\"annotations\":[{\"index\":1,")
                .doesNotContain("\"index\":2");
    }

    @Test
    void whatIsNotTheBeginningOfTheMessageCannotBeCompleted() {
        takes("{\"index\":0,\"type\":\"text\",\"text\":{\"value\":\"Other\",\"annotations\":[]}}");
        assertThat(shown.missing(message(MessageContent.Text.of("Words")))).isEmpty();
    }
}
