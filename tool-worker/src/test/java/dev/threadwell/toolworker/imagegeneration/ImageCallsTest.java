package dev.threadwell.toolworker.imagegeneration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.settings.ModelConfig;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.LocalEgress;
import dev.threadwell.topic.ToolRequested;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What calls for pictures ask a provider, and what becomes of its answers. */
class ImageCallsTest {

    /** The header of a PNG of 320 × 200 pixels: nothing decodes more of it. */
    private static final byte[] PNG =
            HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000140000000c808020000");

    private static final String ENCODED =
            "{\"b64_json\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(PNG));

    private static Vertx vertx;
    private static Egress egress;

    private final FakeProvider provider = new FakeProvider();
    private final FakeMadeFiles files = new FakeMadeFiles();
    private final FakeThreadPictures threadPictures = new FakeThreadPictures();
    private final CancelledRuns cancelled = new CancelledRuns();
    private final Map<String, String> settings = new HashMap<>();
    private final List<Map<String, ?>> progress = new ArrayList<>();
    private ToolRequested.@Nullable CallStream stream = new ToolRequested.CallStream(3, 0);

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        egress = LocalEgress.open(vertx);
    }

    @AfterAll
    static void closeAll() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private ImageCalls calls() {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withMapping(ImageConfig.class)
                        .withMapping(ModelConfig.class)
                        .withDefaultValues(settings)
                        .build();
        ImageConfig images = config.getConfigMapping(ImageConfig.class);
        return new ImageCalls(
                threadPictures,
                new MadePictures(egress, cancelled, images),
                files,
                (_, number, members) -> {
                    assertThat(number).isEqualTo(progress.size());
                    progress.add(members);
                },
                cancelled,
                InstantSource.system(),
                images,
                config.getConfigMapping(ModelConfig.class));
    }

    private ToolRequested call(Map<String, Object> options, String arguments) {
        return new ToolRequested(
                "project",
                "thread",
                "run",
                "step",
                "call_1",
                ToolKind.TEXT_TO_IMAGE,
                new Tool.Generic(ToolKind.TEXT_TO_IMAGE, options),
                "text_to_image",
                arguments.replace('\'', '"'),
                Long.MAX_VALUE,
                stream);
    }

    private ToolOutput.Result executed(Map<String, Object> options, String arguments) {
        settings.putIfAbsent("threadwell.image-generation.base-url", provider.url());
        try {
            return (ToolOutput.Result) calls().execute(call(options, arguments));
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ToolOutput.Result executed() {
        return executed(Map.of(), "{'prompt':'A harbour'}");
    }

    private static String code(ToolOutput.Result result) {
        assertThat(result.images()).isEmpty();
        return String.valueOf(((Map<?, ?>) result.details().get("error")).get("code"));
    }

    @Test
    void aPictureBecomesAFileThatTheStepTheMessageAndTheModelName() {
        provider.answers(
                200, "{\"data\":[" + ENCODED + "],\"usage\":{\"input_tokens\":5,\"other\":{}}}");

        ToolOutput.Result result = executed();

        assertThat(result.images()).containsExactly("file-call_1-image-1");
        assertThat(result.details())
                .isEqualTo(
                        Map.of(
                                "outputs",
                                List.of(
                                        Map.of(
                                                "type",
                                                "image",
                                                "image",
                                                Map.of("file_id", "file-call_1-image-1"))),
                                "usage",
                                Map.of("images", 1, "input_tokens", 5L)));
        assertThat(result.text()).contains("file-call_1-image-1", "shown it");
        assertThat(files.files.get("file-call_1-image-1").filename()).isEqualTo("image-1.png");
        assertThat(files.files.get("file-call_1-image-1").bytes()).isEqualTo(PNG);
    }

    @Test
    void optionsAreDefaultsAndWhatTheModelSaysComesFirst() {
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        executed(
                Map.of("size", "1024x1024", "quality", "low", "moderation", "low", "model", "m-1"),
                "{'prompt':'A harbour','quality':'high','background':'none','pictures':[]}");

        FakeProvider.Asked asked = provider.asked.getFirst();
        assertThat(asked.path()).isEqualTo("/v1/images/generations");
        assertThat(asked.json().toString())
                .isEqualTo(
                        "{\"prompt\":\"A harbour\",\"model\":\"m-1\",\"size\":\"1024x1024\","
                                + "\"quality\":\"high\",\"moderation\":\"low\"}");
    }

    @Test
    void moreThanOnePictureIsMadeUpToTheLimit() {
        settings.put("threadwell.image-generation.pictures", "2");
        provider.answers(200, "{\"data\":[" + ENCODED + "," + ENCODED + "," + ENCODED + "]}");

        ToolOutput.Result result = executed(Map.of("n", 4), "{'prompt':'A harbour'}");

        assertThat(provider.asked.getFirst().json().path("n").intValue()).isEqualTo(2);
        assertThat(result.images()).containsExactly("file-call_1-image-1", "file-call_1-image-2");
        // The first one shows that all are there.
        assertThat(files.files.keySet())
                .containsExactly("file-call_1-image-2", "file-call_1-image-1");
    }

    @Test
    void aPictureThatIsAnsweredByItsUrlIsDownloaded() {
        provider.shows(PNG);
        provider.answers(200, "{\"data\":[{\"url\":\"" + provider.pictureUrl() + "\"}]}");

        executed();

        assertThat(files.files.get("file-call_1-image-1").bytes()).isEqualTo(PNG);
    }

    @Test
    void aPrivateAddressIsNotAskedForAPicture() {
        provider.answers(200, "{\"data\":[{\"url\":\"https://10.0.0.1/a.png\"}]}");

        ToolOutput.Result result = executed();

        assertThat(code(result)).isEqualTo("provider_failed");
        assertThat(result.text()).contains("cannot be downloaded");
    }

    @Test
    void aCallThatComesAgainIsAnsweredWithThePictureThatItHasMade() {
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        ToolOutput.Result first = executed();
        ToolOutput.Result second = executed();

        assertThat(second.images()).isEqualTo(first.images());
        assertThat(provider.asked).hasSize(1);
        assertThat(files.files).hasSize(1);
    }

    @Test
    void aRefusalIsToldToTheModel() {
        provider.answers(
                400,
                "{\"error\":{\"message\":\"It is not safe.\",\"code\":\"moderation_blocked\"}}");

        ToolOutput.Result result = executed();

        assertThat(code(result)).isEqualTo("refused");
        assertThat(result.text())
                .isEqualTo(
                        "No picture was made: the provider refused it. It says: It is not safe.");
    }

    @Test
    void whatTheProviderSaysOfTheInstallationsKeyIsNotTold() {
        provider.answers(401, "{\"error\":{\"message\":\"Incorrect API key sk-123.\"}}");

        ToolOutput.Result result = executed();

        assertThat(result.text())
                .isEqualTo("No picture was made: the provider answered with status 401.");
    }

    @Test
    void theKeyOfTheModelsIsNotSentToAnotherProvider() {
        settings.put("threadwell.model.base-url", "http://127.0.0.1:9/v1");
        settings.put("threadwell.model.api-key", "sk-models");
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        executed();

        assertThat(provider.asked.getFirst().authorization()).isEqualTo("null");
    }

    @Test
    void byDefaultTheProviderOfTheModelsIsAskedWithItsKey() {
        settings.put("threadwell.model.base-url", provider.url());
        settings.put("threadwell.model.api-key", "sk-models");
        settings.put("threadwell.image-generation.base-url", "");
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        executed();

        assertThat(provider.asked.getFirst().authorization()).isEqualTo("Bearer sk-models");
    }

    @Test
    void withoutAProviderTheModelIsToldSo() {
        settings.put("threadwell.image-generation.base-url", "");

        ToolOutput.Result result = executed();

        assertThat(code(result)).isEqualTo("not_configured");
    }

    private static String event(String type, String picture) {
        return "data: {\"type\":\"image_generation.%s\",\"b64_json\":\"%s\"}\n\n"
                .formatted(type, picture);
    }

    private static final String PICTURE = Base64.getEncoder().encodeToString(PNG);

    private static final String PARTIAL = event("partial_image", PICTURE);
    private static final String COMPLETED = event("completed", PICTURE);

    private ToolOutput.Result streamed() {
        return executed(Map.of("partial_images", 2), "{'prompt':'A harbour'}");
    }

    @Test
    void picturesInProgressAreShownAndTheLastEventIsThePicture() {
        provider.streams(PARTIAL + PARTIAL + COMPLETED);

        ToolOutput.Result result = streamed();

        assertThat(provider.asked.getFirst().json().toString())
                .endsWith("\"stream\":true,\"partial_images\":2}");
        assertThat(progress)
                .containsExactly(
                        Map.of("partial_images", List.of(Map.of("index", 0, "b64_json", PICTURE))),
                        Map.of("partial_images", List.of(Map.of("index", 1, "b64_json", PICTURE))));
        assertThat(result.images()).containsExactly("file-call_1-image-1");
    }

    @Test
    void noMorePicturesInProgressAreShownThanWereAskedForAndNothingElse() {
        provider.streams(
                "data: {\n\n"
                        + event("partial_image", "PGh0bWw+")
                        + event("partial_image", PICTURE + "A".repeat(600_000))
                        + PARTIAL.repeat(5)
                        + COMPLETED);

        streamed();

        assertThat(progress).hasSize(2);
    }

    @Test
    void aPictureInProgressIsNotTakenForThePicture() {
        provider.streams(PARTIAL);

        assertThat(code(streamed())).isEqualTo("provider_failed");
        assertThat(files.files).isEmpty();
    }

    @Test
    void aRefusalInAStreamIsToldToTheModel() {
        provider.streams(
                PARTIAL
                        + "data: {\"type\":\"error\",\"error\":{\"type\":\"image_generation_user_error\","
                        + "\"message\":\"It is not safe.\"}}\n\n");

        ToolOutput.Result result = streamed();

        assertThat(code(result)).isEqualTo("refused");
        assertThat(result.text()).endsWith("It says: It is not safe.");
    }

    @Test
    void aProviderThatAnswersAsAWholeAllTheSameIsTakenAsItIs() {
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        assertThat(streamed().images()).hasSize(1);
        assertThat(progress).isEmpty();
    }

    @Test
    void aProviderThatDoesNotKnowStreamsIsAskedWithout() {
        provider.refusesStreams();
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        assertThat(streamed().images()).hasSize(1);
        assertThat(provider.asked).hasSize(2);
        assertThat(provider.asked.getLast().json().has("partial_images")).isFalse();
    }

    @Test
    void whatNobodySeesIsNotAskedFor() {
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");
        stream = null;

        streamed();

        assertThat(provider.asked.getFirst().json().has("stream")).isFalse();
    }

    @Test
    void ofSeveralPicturesNoneIsShownInProgress() {
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        executed(Map.of("partial_images", 2, "n", 2), "{'prompt':'A harbour'}");

        assertThat(provider.asked.getFirst().json().has("stream")).isFalse();
    }

    @Test
    void aCallThatNamesPicturesStartsFromThem() {
        threadPictures.stored.put("file-cat", PNG);
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        executed(Map.of("moderation", "low"), "{'prompt':'In blue','pictures':['file-cat']}");

        FakeProvider.Asked asked = provider.asked.getFirst();
        assertThat(asked.path()).isEqualTo("/v1/images/edits");
        assertThat(asked.body())
                .contains("name=\"prompt\"\r\n\r\nIn blue\r\n")
                .contains("name=\"image\"; filename=\"picture-1.png\"\r\ncontent-type: image/png")
                .contains(new String(PNG, StandardCharsets.ISO_8859_1))
                .doesNotContain("moderation");
    }

    @Test
    void aPictureThatIsNotThereIsToldWithThoseThatAre() {
        threadPictures.stored.put("file-cat", PNG);

        ToolOutput.Result result =
                executed(Map.of(), "{'prompt':'In blue','pictures':['file-dog']}");

        assertThat(code(result)).isEqualTo("invalid_arguments");
        assertThat(result.text()).contains("'file-dog'", "the newest first: file-cat");
        assertThat(provider.asked).isEmpty();
    }

    @Test
    void aCallWithoutAPromptIsToldSo() {
        assertThat(code(executed(Map.of(), "{}"))).isEqualTo("invalid_arguments");
        assertThat(code(executed(Map.of(), "A harbour"))).isEqualTo("invalid_arguments");
    }

    @Test
    void aPictureIsNotLargerThanTheLimits() {
        provider.answers(200, "{\"data\":[" + ENCODED + "]}");

        settings.put("threadwell.image-generation.pixels", "63999");
        assertThat(executed().text()).contains("more than 63999 pixels");

        settings.put("threadwell.image-generation.pixels", "64000");
        settings.put("threadwell.image-generation.picture-bytes", "20");
        assertThat(executed().text()).contains("larger than 20 bytes");
        assertThat(files.files).isEmpty();
    }

    @Test
    void anAnswerThatIsNoPictureIsNotKept() {
        provider.answers(200, "{\"data\":[{\"b64_json\":\"PGh0bWw+\"}]}");
        assertThat(code(executed())).isEqualTo("provider_failed");

        provider.answers(200, "<html>");
        assertThat(code(executed())).isEqualTo("provider_failed");
        assertThat(files.files).isEmpty();
    }

    @Test
    void aProjectWhoseFilesAreTooLargeGetsNoPictures() {
        files.bytesOfProject = 107_374_182_400L;

        assertThat(code(executed())).isEqualTo("no_room");
        assertThat(provider.asked).isEmpty();
    }

    @Test
    void aCancelledRunWaitsForNoPicture() {
        provider.fallsSilent();
        Thread.startVirtualThread(
                () -> {
                    Awaitility.await().until(() -> !provider.asked.isEmpty());
                    cancelled.add("run");
                });

        assertThatThrownBy(this::executed).isInstanceOf(CancelledRuns.Cancelled.class);
        assertThat(files.files).isEmpty();
    }
}
