package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures that a model has made, as a client sees them. */
@OnInstallation
class ImageGenerationFlowTest {

    private static final String TYPE = "text_to_image";
    private static final String PARTIAL = "/delta/step_details/tool_calls/0/" + TYPE;

    private final Installation installation;
    private final Model model;
    private final Client client;

    ImageGenerationFlowTest(Installation installation) {
        this.installation = installation;
        model = installation.model();
        client = with(installation.client(), Map.of("type", TYPE));
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    @SafeVarargs
    private static Client with(Client one, Map<String, ?>... tools) {
        return new Client(one.http(), List.of(tools));
    }

    /** The model has this drawn, and then says something. */
    private static String drawing(String prompt, String more) {
        return simulate(
                "{'calls':[{'name':'text_to_image','arguments':{'prompt':'%s'%s}}],'then':{'say':'Done.'}}"
                        .formatted(prompt, more));
    }

    private static JsonNode shown(ClientRun run) {
        return run.firstCall().path(TYPE);
    }

    private static String fileOf(ClientRun run) {
        return shown(run).at("/outputs/0/image/file_id").asText();
    }

    private static List<JsonNode> imagesOf(ClientRun run) {
        return Json.elements(run.messages().getLast().path("content")).stream()
                .filter(part -> part.path("type").asText().equals("image_file"))
                .toList();
    }

    private String content(String fileId) {
        try (InputStream bytes =
                client.http().stream("/v1/files/" + fileId + "/content", Map.of())) {
            return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPictureIsInFrontOfTheTextAndCanBeDownloaded() {
        var run = client.asks("Draw a harbour at dawn").becomes(COMPLETED);

        String file = fileOf(run);
        assertThat(shown(run).path("prompt").asText()).isEqualTo("Draw a harbour at dawn");
        assertThat(shown(run).at("/usage/images").asInt()).isEqualTo(1);
        assertThat(run.object().at("/usage/images").asInt()).isEqualTo(1);
        JsonNode content = run.messages().getLast().path("content");
        assertThat(content.at("/0/image_file/file_id").asText()).isEqualTo(file);
        assertThat(content.at("/1/text/value").asText()).contains("text_to_image returned");
        assertThat(client.http().get("/v1/files/" + file).ok().path("purpose").asText())
                .isEqualTo("assistants_output");
        assertThat(content(file)).contains("Description\0Draw a harbour at dawn");
    }

    @Test
    void aStreamShowsThePromptAndThenThePicture() {
        var run = client.streams("Draw a harbour at noon");

        List<JsonNode> shown =
                run.events().stream()
                        .filter(event -> event.is("thread.run.step.delta"))
                        .map(event -> event.data().at("/delta/step_details/tool_calls/0/" + TYPE))
                        .toList();
        assertThat(shown).hasSize(3);
        assertThat(shown.get(0)).isEmpty();
        assertThat(shown.get(1)).hasToString("{\"prompt\":\"Draw a harbour at noon\"}");
        assertThat(shown.get(2).at("/outputs/0/image/file_id").asText()).isEqualTo(fileOf(run));
        run.streamedWhatIsStored();
    }

    private static List<JsonNode> inProgress(List<EventStream.Event> events) {
        return events.stream()
                .filter(ImageGenerationFlowTest::isInProgress)
                .map(event -> event.data().at(PARTIAL + "/partial_images/0"))
                .toList();
    }

    private static boolean isInProgress(EventStream.Event event) {
        return event.is("thread.run.step.delta") && event.data().at(PARTIAL).has("partial_images");
    }

    private Client showingProgress() {
        return with(
                installation.client(),
                Map.of("type", TYPE, TYPE, Map.of("partial_images", 2, "size", "64x64")));
    }

    @Test
    void aStreamShowsPicturesInProgressBeforeTheResult() {
        var run = showingProgress().streams("Draw a harbour in the evening");

        List<EventStream.Event> events = run.events();
        assertThat(inProgress(events))
                .extracting(p -> p.path("index").asInt())
                .containsExactly(0, 1);
        assertThat(picture(inProgress(events).getLast()))
                .contains("Description\0Draw a harbour in the evening (2 of 2)");
        List<EventStream.Event> others =
                events.stream().filter(event -> !isInProgress(event)).toList();
        List<EventStream.Event> behind =
                events.subList(events.indexOf(last(events)) + 1, events.size());
        assertThat(behind)
                .as("the result, and the end of the step")
                .extracting(EventStream.Event::name)
                .startsWith("thread.run.step.delta", "thread.run.step.completed");
        assertThat(EventStream.resumed(client.http(), run.path(), others.get(3).id()).toItsEnd())
                .as("whoever resumes sees the rest without them")
                .extracting(EventStream.Event::data)
                .isEqualTo(
                        others.subList(4, others.size()).stream()
                                .map(EventStream.Event::data)
                                .toList());
        run.becomes(COMPLETED).streamedWhatIsStored();
        assertThat(run.firstCall().toString()).doesNotContain("partial_images");
    }

    private static EventStream.Event last(List<EventStream.Event> events) {
        return events.stream().filter(ImageGenerationFlowTest::isInProgress).toList().getLast();
    }

    private static String picture(JsonNode partial) {
        return new String(
                Base64.getDecoder().decode(partial.path("b64_json").asText()),
                StandardCharsets.ISO_8859_1);
    }

    @Test
    void aRunThatIsPolledAsksForNoPicturesInProgress() {
        var run = showingProgress().asks("Draw a harbour at night").becomes(COMPLETED);

        assertThat(imagesOf(run)).hasSize(1);
    }

    @Test
    void aStreamEndsProperlyWhenAWorkerDiesBetweenPicturesInProgress() {
        String name = "harbour-" + UUID.randomUUID();
        var run =
                showingProgress()
                        .streams(
                                drawing(
                                        name
                                                + " simulate {\\'hang\\':\\'after_tokens\\',\\'hang_after\\':1,"
                                                + "\\'times\\':1,\\'key\\':\\'"
                                                + name
                                                + "\\'}",
                                        ""));
        run.stream().awaits("a picture in progress", ImageGenerationFlowTest::isInProgress);

        installation.toolWorker(0).dies();
        installation.toolWorker(0).launches().awaitsReady();

        List<EventStream.Event> events = run.events();
        assertThat(inProgress(events))
                .extracting(p -> p.path("index").asInt())
                .containsExactly(0, 1);
        run.becomes(COMPLETED).stepsAre("completed", "completed").streamedWhatIsStored();
        assertThat(imagesOf(run)).hasSize(1);
    }

    @Test
    void toolsAreShownWithTheirOptionsInOnePlace() {
        JsonNode assistant =
                client.http()
                        .post(
                                "/v1/assistants",
                                Map.of(
                                        "model",
                                        "simulated",
                                        "tools",
                                        List.of(
                                                Map.of("type", "image_generation", "size", "64x64"),
                                                Map.of("type", "text_generation"))))
                        .ok();

        assertThat(assistant.path("tools"))
                .hasToString(
                        "[{\"type\":\"image_generation\",\"image_generation\":{\"size\":\"64x64\"}},"
                                + "{\"type\":\"text_generation\"}]");
    }

    @Test
    void anAssistantThatOnlyWritesTextAnswersAsWithoutTools() {
        var run =
                with(installation.client(), Map.of("type", "text_generation"))
                        .asks("Draw a line of text " + UUID.randomUUID())
                        .becomes(COMPLETED);

        run.stepsAre("completed");
    }

    @Test
    void optionsOfTheToolReachTheProviderAndUrlsAreDownloaded() {
        var run =
                with(
                                installation.client(),
                                Map.of(
                                        "type",
                                        TYPE,
                                        TYPE,
                                        Map.of("model", "dall-e-3", "size", "64x72", "n", 2)))
                        .asks("Paint a harbour")
                        .becomes(COMPLETED);

        assertThat(imagesOf(run)).hasSize(2);
        assertThat(shown(run).at("/usage/images").asInt()).isEqualTo(2);
        assertThat(content(fileOf(run)))
                .contains("IHDR\0\0\0@\0\0\0H")
                .contains("Description\0Paint a harbour");
    }

    @Test
    void moreThanFourPicturesACallAreRefused() {
        assertThat(
                        client.http()
                                .post(
                                        "/v1/assistants",
                                        Map.of(
                                                "model",
                                                "simulated",
                                                "tools",
                                                List.of(Map.of("type", TYPE, "n", 5))))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void aPictureOfTheThreadCanBeStartedFrom() {
        String cat = client.http().upload("cat.gif", "GIF89a").ok().path("id").asText();

        var run =
                client.asks(
                                List.of(
                                        Map.of(
                                                "type",
                                                "image_file",
                                                "image_file",
                                                Map.of("file_id", cat)),
                                        Map.of(
                                                "type",
                                                "text",
                                                "text",
                                                drawing("In blue", ",'pictures':['" + cat + "']"))))
                        .becomes(COMPLETED);

        assertThat(content(fileOf(run))).contains("Description\0In blue (from 1 picture)");
    }

    @Test
    void aRefusalIsToldToTheModelAndTheRunGoesOn() {
        var run = client.asks("Draw what they refuse").becomes(COMPLETED);

        assertThat(shown(run).at("/error/code").asText()).isEqualTo("refused");
        assertThat(shown(run).path("outputs")).isEmpty();
        assertThat(imagesOf(run)).isEmpty();
        assertThat(ClientRun.textOf(run.messages().getLast()))
                .contains("rejected by the safety system");
    }

    @Test
    void aRunThatIsCancelledWaitsForNoPicture() {
        String name = "harbour-" + UUID.randomUUID();
        var run = client.asks(drawing(name + " simulate {\\'hang\\':\\'before_headers\\'}", ""));
        model.isAskedForPicture(name);

        run.cancels().becomes(CANCELLED);

        client.says(run.thread(), drawing("Another one", ""));
        var next = client.asksIn(run.thread(), Map.of()).becomes(COMPLETED);
        assertThat(content(fileOf(next))).contains("Description\0Another one");
    }

    @Test
    void aWorkerThatDiesWithTheCallMakesNoSecondPictureThatAnybodySees() {
        String name = "harbour-" + UUID.randomUUID();
        Client own =
                with(
                        installation.clientOfProject("drawing" + UUID.randomUUID()),
                        Map.of("type", TYPE));
        var run =
                own.asks(
                        drawing(
                                name
                                        + " simulate {\\'hang\\':\\'before_headers\\',\\'times\\':1,\\'key\\':\\'"
                                        + name
                                        + "\\'}",
                                ""));
        model.isAskedForPicture(name);

        installation.toolWorker(0).dies();
        installation.toolWorker(0).launches().awaitsReady();

        run.becomes(COMPLETED).stepsAre("completed", "completed");
        assertThat(imagesOf(run)).hasSize(1);
        assertThat(own.http().get("/v1/files").ok().path("data")).hasSize(1);
        assertThat(installation.topic("tool.requested").messages(run.thread())).hasSize(1);
    }
}
