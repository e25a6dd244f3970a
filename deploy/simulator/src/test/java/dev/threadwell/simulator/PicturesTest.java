package dev.threadwell.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.simulator.picture.Picture;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The simulator makes pictures that show their prompts. */
class PicturesTest {

    @RegisterExtension static final RunningSimulator simulator = new RunningSimulator();

    private static final String GENERATIONS = "/v1/images/generations";

    private static byte[] bytes(JsonNode item) {
        return Base64.getDecoder().decode(item.path("b64_json").asText());
    }

    private static String latin1(byte[] png) {
        return new String(png, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aPictureHasTheSizeThatWasAskedForAndTheDescriptionInItsFile() throws Exception {
        var reply =
                simulator.post(
                        GENERATIONS, "{\"prompt\":\"A red harbour\",\"size\":\"320x200\",\"n\":2}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("data")).hasSize(2);
        byte[] png = bytes(reply.json().at("/data/0"));
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
        assertThat(ByteBuffer.wrap(png).getInt(16)).isEqualTo(320);
        assertThat(ByteBuffer.wrap(png).getInt(20)).isEqualTo(200);
        assertThat(latin1(png)).contains("tEXtDescription\0A red harbour");
    }

    @Test
    void aStreamShowsPicturesInProgressAndThenThePicture() throws Exception {
        var reply =
                simulator.post(
                        GENERATIONS,
                        "{\"prompt\":\"A quay\",\"size\":\"64x64\",\"stream\":true,\"partial_images\":2}");

        List<JsonNode> events =
                reply.text()
                        .lines()
                        .filter(line -> line.startsWith("data: "))
                        .map(line -> Chat.json(line.substring(6)))
                        .toList();
        assertThat(events)
                .extracting(event -> event.path("type").asText())
                .containsExactly(
                        "image_generation.partial_image",
                        "image_generation.partial_image",
                        "image_generation.completed");
        assertThat(latin1(bytes(events.getFirst()))).contains("Description\0A quay (1 of 2)");
        assertThat(events.getLast().at("/usage/output_tokens").asInt()).isEqualTo(1);
    }

    @Test
    void olderModelsKnowNoStreams() throws Exception {
        var reply =
                simulator.post(
                        GENERATIONS,
                        "{\"prompt\":\"A quay\",\"model\":\"dall-e-3\",\"stream\":true}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asText()).isEqualTo("stream");
    }

    @Test
    void aDescriptionThatIsNotLatin1IsInTheFileAllTheSame() {
        byte[] png = new Picture("一个港口", 64, 64).png();

        assertThat(latin1(png)).contains("iTXtDescription\0\0\0\0\0");
        assertThat(new String(png, StandardCharsets.UTF_8)).contains("一个港口");
    }

    @Test
    void theDescriptionIsWrittenOnThePicture() throws Exception {
        byte[] png = new Picture("I", 300, 100).png();
        int at = latin1(png).indexOf("IDAT") + 4;
        byte[] dots = new byte[301 * 100];
        try (var inflater = new Inflater()) {
            inflater.setInput(png, at, png.length - at);
            assertThat(inflater.inflate(dots)).isEqualTo(dots.length);
        }

        // The letter is a column of seven dots and two serifs of two.
        int ink = 0;
        for (byte dot : dots) {
            ink += dot;
        }
        assertThat(ink).isEqualTo(7 + 2 * 2);
    }

    @Test
    void olderModelsAnswerWithAUrlThatShowsThePicture() throws Exception {
        var reply = simulator.post(GENERATIONS, "{\"prompt\":\"一只猫\",\"model\":\"dall-e-3\"}");

        var shown =
                simulator
                        .client()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(reply.json().at("/data/0/url").asText()))
                                        .build(),
                                BodyHandlers.ofByteArray());

        assertThat(shown.body()).isEqualTo(new Picture("一只猫", 1024, 1024).png());
    }

    @Test
    void aPromptThatSaysSoIsRefused() throws Exception {
        var reply = simulator.post(GENERATIONS, "{\"prompt\":\"Refuse this\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("code").asText()).isEqualTo("moderation_blocked");
    }

    @Test
    void aPromptCanDirectAFault() throws Exception {
        String body =
                "{\"prompt\":\"A cat simulate {\\\"status\\\":503,\\\"times\\\":1,\\\"key\\\":\\\"cat\\\"}\"}";

        assertThat(simulator.post(GENERATIONS, body).status()).isEqualTo(503);
        var second = simulator.post(GENERATIONS, body);

        assertThat(second.status()).isEqualTo(200);
        assertThat(latin1(bytes(second.json().at("/data/0")))).contains("Description\0A cat");
        assertThat(simulator.statsContaining("A cat").path("last_requests")).hasSize(2);
    }

    @Test
    void whatAProviderDoesNotKnowIsRefused() throws Exception {
        assertThat(simulator.post(GENERATIONS, "{\"prompt\":\"x\",\"colour\":1}").status())
                .isEqualTo(400);
        assertThat(simulator.post(GENERATIONS, "{\"size\":\"64x64\"}").error().path("param"))
                .hasToString("\"prompt\"");
    }

    @Test
    void aPictureThatStartsFromOthersSaysSo() throws Exception {
        String form =
                """
                --b\r
                content-disposition: form-data; name="prompt"\r
                \r
                In blue\r
                --b\r
                content-disposition: form-data; name="image"; filename="a.png"\r
                content-type: image/png\r
                \r
                png\r
                --b--\r
                """;
        var reply =
                simulator
                        .client()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:%d/v1/images/edits"
                                                                .formatted(simulator.port())))
                                        .header("content-type", "multipart/form-data; boundary=b")
                                        .POST(HttpRequest.BodyPublishers.ofString(form))
                                        .build(),
                                BodyHandlers.ofString());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(latin1(bytes(Chat.json(reply.body()).at("/data/0"))))
                .contains("Description\0In blue (from 1 picture)");
    }
}
