package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.run.RunRow;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every answer, byte for byte, against files made from recordings of the original. */
@QuarkusTest
class ShapeTest {

    private static final String FOOD =
            """
            {"model":"gpt-4o","tools":[{"type":"function","function":{
              "description":"gets the user's favorite food for a given day of the week, like Tuesday",
              "name":"get_favorite_food_for_day_of_week",
              "parameters":{"type":"object","properties":{"day_of_week":{"type":"string",
                "description":"a day of the week, like Tuesday or Saturday"}}}}}]}""";

    @TestHTTPResource("/")
    URI base;

    @Inject TestWorker worker;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
    }

    @Test
    void anAssistant() {
        Api.Answer made = api.post("/v1/assistants", "{\"model\":\"gpt-4o\"}");
        assertThat(made.settled()).isEqualTo(Api.wire("assistant.json"));
        assertThat(api.get("/v1/assistants/" + made.id()).body()).isEqualTo(made.body());
        assertThat(api.delete("/v1/assistants/" + made.id()).settled())
                .isEqualTo(Api.wire("assistant_deleted.json"));
    }

    @Test
    void anAssistantWithAFunction() {
        assertThat(api.post("/v1/assistants", FOOD).settled())
                .isEqualTo(Api.wire("assistant_function.json"));
    }

    @Test
    void builtInToolsAreFilledIn() {
        Api.Answer made =
                api.post(
                        "/v1/assistants",
                        """
                        {"model":"m","tools":[{"type":"code_interpreter"},{"type":"file_search",
                          "file_search":{"max_num_results":7,"ranking_options":{"ranker":"auto"}}}]}""");
        assertThat(made.settled()).isEqualTo(Api.wire("assistant_tools.json"));
    }

    @Test
    void aModifiedAssistantKeepsWhatIsNotGiven() {
        String id = api.post("/v1/assistants", FOOD).id();
        Api.Answer modified =
                api.post("/v1/assistants/" + id, "{\"name\":\"n\",\"tools\":null,\"metadata\":{}}");
        assertThat(modified.json().path("name").asText()).isEqualTo("n");
        assertThat(modified.json().path("tools")).hasSize(1);
        assertThat(modified.json().path("temperature").asDouble()).isEqualTo(1.0);
    }

    @Test
    void aThread() {
        Api.Answer made =
                api.post(
                        "/v1/threads",
                        "{\"messages\":[],\"metadata\":{\"threadMetadata\":\"threadMetadataValue\"}}");
        assertThat(made.settled()).isEqualTo(Api.wire("thread_created.json"));
        String path = "/v1/threads/" + made.id();
        assertThat(api.get(path).settled()).isEqualTo(Api.wire("thread_retrieved.json"));
        assertThat(
                        api.post(
                                        path,
                                        "{\"metadata\":{\"threadMetadata\":\"newThreadMetadataValue\"}}")
                                .settled())
                .isEqualTo(Api.wire("thread_modified.json"));
        assertThat(api.delete(path).settled()).isEqualTo(Api.wire("thread_deleted.json"));
    }

    @Test
    void aMessage() {
        String path = "/v1/threads/" + api.post("/v1/threads", null).id() + "/messages";
        Api.Answer made =
                api.post(
                        path,
                        """
                        {"role":"user","content":"Goodbye, world!",
                         "metadata":{"messageMetadata":"messageMetadataValue"}}""");
        assertThat(made.settled()).isEqualTo(Api.wire("message.json"));
        String one = path + "/" + made.id();
        assertThat(api.get(one).body()).isEqualTo(made.body());
        assertThat(api.post(one, "{\"metadata\":{\"messageMetadata\":\"newValue\"}}").settled())
                .isEqualTo(Api.wire("message_modified.json"));
        assertThat(api.get(path).settled()).isEqualTo(Api.wire("message_list.json"));
        assertThat(api.delete(one).settled()).isEqualTo(Api.wire("message_deleted.json"));
        assertThat(api.get(path).settled()).isEqualTo(Api.wire("empty_list.json"));
    }

    @Test
    void contentInPartsKeepsItsOrder() {
        String path = "/v1/threads/" + api.thread() + "/messages";
        Api.Answer made =
                api.post(
                        path,
                        """
                        {"role":"assistant","content":[{"type":"text","text":"a"},
                          {"type":"image_url","image_url":{"url":"https://x.test/i.png"}},
                          {"type":"text","text":"Grüße 東京"}]}""");
        assertThat(made.settled()).isEqualTo(Api.wire("message_parts.json"));
    }

    @Test
    void aRunFromQueuedToCompleted() {
        String assistant = api.post("/v1/assistants", FOOD).id();
        Api.Answer made =
                api.post(
                        "/v1/threads/runs",
                        """
                        {"assistant_id":"%s","thread":{"messages":[{"role":"user",
                          "content":"What should I eat on Thursday?"}]}}"""
                                .formatted(assistant));
        assertThat(made.settled()).isEqualTo(Api.wire("run_queued.json"));
        String runs = "/v1/threads/" + made.json().path("thread_id").asText() + "/runs/";
        String path = runs + made.id();

        RunRow waiting =
                worker.calls(worker.claims(made.id()), "get_favorite_food_for_day_of_week");
        assertThat(api.get(path).settled()).isEqualTo(Api.wire("run_requires_action.json"));
        assertThat(api.get(path + "/steps").settled()).isEqualTo(Api.wire("steps_open.json"));

        Api.Answer submitted =
                api.post(
                        path + "/submit_tool_outputs",
                        """
                        {"tool_outputs":[{"tool_call_id":"%s","output":"tacos"}]}"""
                                .formatted(TestWorker.callIds(waiting.run()).getFirst()));
        assertThat(submitted.settled()).isEqualTo(Api.wire("run_queued_again.json"));

        worker.completes(worker.claims(made.id()), "Tacos!");
        Api.Answer done = api.get(path);
        assertThat(done.settled()).isEqualTo(Api.wire("run_completed.json"));
        assertThat(done.headers().firstValue("openai-poll-after-ms")).isEmpty();
        Api.Answer steps = api.get(path + "/steps?order=asc");
        assertThat(steps.settled()).isEqualTo(Api.wire("steps_done.json"));
        String step = steps.json().path("data").get(0).path("id").asText();
        assertThat(api.get(path + "/steps/" + step).json())
                .isEqualTo(steps.json().path("data").get(0));
    }

    @Test
    void answersCarryTheHeadersThatClientsKnow() {
        Api.Answer answer = api.get("/v1/assistants");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("x-request-id")).matches("req_[0-9a-f]{32}");
        assertThat(answer.header("openai-version")).isEqualTo("2020-10-01");
        assertThat(answer.header("openai-organization")).isNotEmpty();
        assertThat(answer.header("openai-project")).isEqualTo("proj_default");
        assertThat(answer.header("openai-processing-ms")).matches("[0-9]+");
        assertThat(answer.body()).doesNotEndWith("\n");
    }
}
