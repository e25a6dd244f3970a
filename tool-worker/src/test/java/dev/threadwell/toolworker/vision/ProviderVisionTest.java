package dev.threadwell.toolworker.vision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.file.ImageFormat;
import dev.threadwell.platform.settings.ModelConfig;
import dev.threadwell.platform.settings.VisionConfig;
import dev.threadwell.toolworker.provider.ProviderServer;
import dev.threadwell.toolworker.provider.ProviderServer.Scripted;
import dev.threadwell.toolworker.vision.Vision.Answer;
import dev.threadwell.toolworker.vision.Vision.Question;
import dev.threadwell.wire.Json;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which model is asked about a picture, where, and what its answer comes to. */
class ProviderVisionTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a'};

    private static Vision vision(Map<String, String> settings) {
        var config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(VisionConfig.class)
                        .withMapping(ModelConfig.class)
                        .withDefaultValues(settings)
                        .build();
        return new ProviderVision(
                config.getConfigMapping(VisionConfig.class),
                config.getConfigMapping(ModelConfig.class),
                InstantSource.system());
    }

    private static Answer ask(Vision vision) {
        return vision.ask(
                        new Question("eyes", "What is it?", ImageFormat.GIF, GIF),
                        Instant.now().plusSeconds(60))
                .await()
                .atMost(LONG);
    }

    private static Map<String, String> settings(URI models, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("threadwell.model.base-url", models.toString());
        settings.put("threadwell.model.api-key", "sk-models");
        return settings;
    }

    @Test
    void thePictureIsSentBesideTheQuestion() {
        try (var provider = new ProviderServer(told("A boat"))) {
            assertThat(ask(vision(settings(provider.url(), Map.of()))))
                    .isEqualTo(new Answer.Told("A boat"));

            JsonNode request = Json.read(provider.received().getFirst().body(), JsonNode.class);
            assertThat(provider.received().getFirst().path()).isEqualTo("/v1/chat/completions");
            assertThat(request.path("model").asText()).isEqualTo("eyes");
            assertThat(request.at("/messages/0/content/0/text").asText()).isEqualTo("What is it?");
            assertThat(request.at("/messages/0/content/1/image_url/url").asText())
                    .isEqualTo("data:image/gif;base64,R0lGODlh");
        }
    }

    private static Scripted told(String text) {
        return new Scripted(
                200, "{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}".formatted(text));
    }

    @Test
    void theKeyOfTheModelsIsSentToTheirProvider() {
        try (var provider = new ProviderServer(told("A boat"))) {
            ask(vision(settings(provider.url(), Map.of())));

            assertThat(provider.received().getFirst().key()).isEqualTo("Bearer sk-models");
        }
    }

    @Test
    void anotherProviderIsNotSentTheKeyOfTheModels() {
        try (var provider = new ProviderServer(told("A boat"))) {
            ask(
                    vision(
                            settings(
                                    URI.create("http://models.test/v1"),
                                    Map.of(
                                            "threadwell.vision.base-url",
                                            provider.url().toString()))));

            assertThat(provider.received().getFirst().key()).isNull();
        }
    }

    @Test
    void theConfiguredModelIsAskedAndElseThatOfTheRun() {
        URI models = URI.create("http://models.test/v1");

        assertThat(vision(settings(models, Map.of())).model("run")).contains("run");
        assertThat(vision(settings(models, Map.of())).model(null)).isEmpty();
        assertThat(vision(settings(models, Map.of("threadwell.vision.model", "eyes"))).model("run"))
                .contains("eyes");
        assertThat(vision(Map.of("threadwell.vision.model", "eyes")).model("run")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"No.\"}}]}"
                        + "|it refused: No.|true",
                "200|{\"choices\":[{\"message\":{\"content\":\"\"}}]}|it said nothing|true",
                "200|{}|it said nothing|true",
                "200|{\"choices\":[{\"message\":{},\"finish_reason\":\"content_filter\"}]}"
                        + "|its provider refused the picture or the answer|true",
                "400|{\"error\":{\"message\":\"Too small.\"}}"
                        + "|its provider refused: Too small.|true"
            })
    void whatIsNoAnswerHasItsReason(int status, String body, String why, boolean lasting) {
        try (var provider = new ProviderServer(new Scripted(status, body))) {
            assertThat(ask(vision(settings(provider.url(), Map.of()))))
                    .isEqualTo(new Answer.Untold(why, lasting));
        }
    }

    @Test
    void anAnswerInPartsIsOneText() {
        var parts =
                new Scripted(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"A \"},"
                                + "{\"type\":\"text\",\"text\":\"boat\"}]}}]}");
        try (var provider = new ProviderServer(parts)) {
            assertThat(ask(vision(settings(provider.url(), Map.of()))))
                    .isEqualTo(new Answer.Told("A boat"));
        }
    }
}
