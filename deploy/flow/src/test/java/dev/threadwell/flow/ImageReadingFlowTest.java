package dev.threadwell.flow;

import static dev.threadwell.flow.Status.CANCELLED;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures that a model has read by another one. */
@OnInstallation
class ImageReadingFlowTest {

    private final Installation installation;
    private final Model model;
    private final Client client;

    ImageReadingFlowTest(Installation installation) {
        this.installation = installation;
        model = installation.model();
        client = installation.client().with("image_to_text");
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    /** The model calls the tool with these arguments, and then says what it got. */
    private static String calling(Map<String, ?> arguments) {
        return "Please simulate "
                + Json.write(
                        Map.of(
                                "calls",
                                List.of(Map.of("name", "image_to_text", "arguments", arguments))));
    }

    private static String asking(String question) {
        return calling(Map.of("question", question));
    }

    private String upload(String description) {
        return client.http()
                .upload("picture.png", Pictures.describedAs(description))
                .ok()
                .path("id")
                .asText();
    }

    private static Map<String, ?> text(String text) {
        return Map.of("type", "text", "text", text);
    }

    private static Map<String, ?> uploaded(String file) {
        return Map.of("type", "image_file", "image_file", Map.of("file_id", file));
    }

    private static String said(ClientRun run) {
        return ClientRun.textOf(run.messages().getLast());
    }

    /** A question that no other test asks. */
    private static String question() {
        return "What is in it? " + UUID.randomUUID();
    }

    @Test
    void aPictureThatAUserUploadedIsRead() {
        String file = upload("A red boat");

        var run = client.asks(List.of(text(asking(question())), uploaded(file)));

        run.becomes(COMPLETED);
        assertThat(run.firstCall().path("type").asText()).isEqualTo("image_to_text");
        assertThat(run.firstCall().at("/image_to_text/picture").asText()).isEqualTo(file);
        assertThat(run.firstCall().at("/image_to_text/output").asText()).isEqualTo("A red boat");
        assertThat(said(run)).contains("A red boat");
    }

    @Test
    void aPictureIsReadByTheNameThatTheModelIsTold() {
        String first = upload("A red boat");
        String second = upload("A blue boat");
        String question = question();

        var run =
                client.asks(
                        List.of(
                                text(calling(Map.of("question", question, "picture", first))),
                                uploaded(first),
                                uploaded(second)));

        run.becomes(COMPLETED);
        assertThat(said(run)).contains("A red boat");
        assertThat(model.lastRequest("[picture " + second + "]").isMissingNode()).isFalse();
    }

    @Test
    void aPictureAtAUrlIsRead() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] png = Pictures.describedAs("A lighthouse");
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, png.length);
                    exchange.getResponseBody().write(png);
                    exchange.close();
                });
        server.start();
        String url = "http://127.0.0.1:%d/a.png".formatted(server.getAddress().getPort());
        try {
            var run =
                    client.asks(
                            List.of(
                                    text(
                                            calling(
                                                    Map.of(
                                                            "question",
                                                            question(),
                                                            "picture",
                                                            "picture-1"))),
                                    Map.of("type", "image_url", "image_url", Map.of("url", url))));

            run.becomes(COMPLETED);
            assertThat(said(run)).contains("A lighthouse");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPictureInsideTheNetworkIsNotFetched() {
        var run =
                client.asks(
                        List.of(
                                text(asking(question())),
                                Map.of(
                                        "type",
                                        "image_url",
                                        "image_url",
                                        Map.of("url", "http://169.254.169.254/a.png"))));

        run.becomes(COMPLETED);
        assertThat(said(run)).contains("its host is not on the public Internet");
    }

    @Test
    void withoutAPictureTheModelIsToldSo() {
        var run = client.asks(asking(question()));

        run.becomes(COMPLETED);
        assertThat(said(run)).contains("There is no picture in this conversation.");
    }

    @Test
    void theSameQuestionAboutTheSamePictureIsAskedOnce() {
        String question = question();
        var first = client.asks(List.of(text(asking(question)), uploaded(upload("A red boat"))));
        first.becomes(COMPLETED);

        client.says(first.thread(), asking(question));
        var second = client.asksIn(first.thread(), Map.of());

        second.becomes(COMPLETED);
        assertThat(said(second)).contains("A red boat");
        assertThat(timesReaderWasAsked(question)).isOne();
    }

    /** The reader's requests are those with the question alone as their text. */
    private long timesReaderWasAsked(String question) {
        return model.requests(question).stream()
                .filter(one -> one.at("/messages/0/content/0/text").asText().equals(question))
                .count();
    }

    @Test
    void aRefusalIsToldToTheModelAndTheRunGoesOn() {
        String refusing = "Please simulate {\"status\":400,\"code\":\"content_policy_violation\"}";

        var run = client.asks(List.of(text(asking(refusing)), uploaded(upload("A red boat"))));

        run.becomes(COMPLETED);
        assertThat(said(run)).contains("The model that reads pictures did not answer");
    }

    @Test
    void aRunThatIsCancelledMeanwhileAsksNoLonger() {
        String hanging = "%s Please simulate {\"hang\":\"before_headers\"}".formatted(question());
        int aborted = model.aborted();
        var run = client.asks(List.of(text(asking(hanging)), uploaded(upload("A red boat"))));
        Eventually.isTrue("the reader is asked", () -> timesReaderWasAsked(hanging) > 0);

        run.cancels();

        run.becomes(CANCELLED).leavesItsThreadFree();
        Eventually.isTrue("the reader's request is aborted", () -> model.aborted() > aborted);
    }

    @Test
    void aQuestionWhoseWorkerDiesIsAskedByAnother() {
        String question =
                question()
                        + " Please simulate {\"hang\":\"before_headers\",\"say\":\"A red boat\","
                        + "\"times\":1,\"key\":\"%s\"}".formatted(UUID.randomUUID());
        var run = client.asks(List.of(text(asking(question)), uploaded(upload("A red boat"))));
        Eventually.isTrue("the reader is asked", () -> timesReaderWasAsked(question) > 0);

        installation.toolWorker(0).dies();
        installation.toolWorker(0).launches().awaitsReady();

        run.becomes(COMPLETED);
        assertThat(said(run)).contains("A red boat");
    }

    @Test
    void aPictureInAVectorStoreIsFoundByItsDescription() {
        String file = upload("The ferry timetable of Saint-Malo");
        String id =
                client.http()
                        .post("/v1/vector_stores", Map.of("file_ids", List.of(file)))
                        .ok()
                        .path("id")
                        .asText();
        ClientStore store = new ClientStore(client.http(), id, List.of(file)).becomes("completed");

        assertThat(store.text(file)).isEqualTo("The ferry timetable of Saint-Malo");
        assertThat(store.finds("ferry timetable").getFirst().path("file_id").asText())
                .isEqualTo(file);
    }

    @Test
    void aPictureGivenToRetrievalOverTheOlderVersionIsRead() {
        String file = upload("The lighthouse of Ouessant");
        Http older = older(client.http());

        String assistant = retrieving(older, List.of(file)).ok().path("id").asText();

        Object store =
                Eventually.present(
                        "the assistant has a store",
                        () ->
                                installation
                                        .database()
                                        .value(
                                                "select vector_store_id from assistants where id = ?",
                                                assistant));
        var read =
                new ClientStore(client.http(), String.valueOf(store), List.of(file))
                        .becomes("completed");
        assertThat(read.text(file)).isEqualTo("The lighthouse of Ouessant");
    }

    private static Http older(Http http) {
        return new Http(http.base(), http.key(), Map.of("OpenAI-Beta", "assistants=v1"));
    }

    private static Http.Answer retrieving(Http older, List<String> files) {
        return older.post(
                "/v1/assistants",
                Map.of(
                        "model",
                        "gpt-4-1106-preview",
                        "tools",
                        List.of(Map.of("type", "retrieval")),
                        "file_ids",
                        files));
    }

    /** The second node, without a model that reads pictures, until the test has ended. */
    private Http nodeWithoutReader() {
        ServiceProcess node = installation.apiService(1);
        node.stops();
        node.uses(Map.of("THREADWELL_VISION_MODEL", ""));
        node.launches().awaitsReady();
        return installation.node(1);
    }

    private void readerIsBack() {
        ServiceProcess node = installation.apiService(1);
        node.stops();
        node.uses(Map.of());
    }

    @Test
    void whereNothingReadsPicturesTheyAreRefusedOverBothVersions() {
        Http http = nodeWithoutReader();
        try {
            String file = upload("A red boat");

            var store = http.post("/v1/vector_stores", Map.of("file_ids", List.of(file)));
            var assistant = retrieving(older(http), List.of(file));

            assertThat(List.of(store, assistant)).allSatisfy(ImageReadingFlowTest::isRefused);
        } finally {
            readerIsBack();
        }
    }

    private static void isRefused(Http.Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("Pictures need a model that reads them");
    }

    @Test
    void aRunThatCouldUseAPictureOfTheOlderVersionForNothingIsRefused() {
        Http older = older(nodeWithoutReader());
        try {
            var message =
                    Map.of(
                            "role",
                            "user",
                            "content",
                            "What is in it?",
                            "file_ids",
                            List.of(upload("A red boat")));
            String thread =
                    older.post("/v1/threads", Map.of("messages", List.of(message)))
                            .ok()
                            .path("id")
                            .asText();
            String assistant = retrieving(older, List.of()).ok().path("id").asText();

            isRefused(
                    older.post(
                            "/v1/threads/" + thread + "/runs", Map.of("assistant_id", assistant)));
        } finally {
            readerIsBack();
        }
    }
}
