package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.persistence.thread.ConversationStore;
import dev.threadwell.run.Ids;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Dumps of the original, and their import. */
abstract class Dumps {

    static final String IMPORT = "/v1/threadwell/import";

    static final String THREAD =
            """
            {"id":"%s","object":"thread","created_at":1700000000,"metadata":{"k":"v"},
             "tool_resources":{"code_interpreter":{"file_ids":[]}}}
            """;

    /** As the original answered it: without a status. */
    static final String MESSAGE =
            """
            {"id":"%s","object":"thread.message","created_at":%d,"assistant_id":null,"thread_id":"%s",
             "run_id":null,"role":"%s","content":[{"type":"text","text":{"value":"%s","annotations":[]}}],
             "attachments":[],"metadata":{}}
            """;

    static final String RUN =
            """
            {"id":"%s","object":"thread.run","created_at":%d,"assistant_id":"%s","thread_id":"%s",
             "status":"%s","started_at":1700000001,"expires_at":1700000600,"cancelled_at":null,
             "failed_at":null,"completed_at":null,"required_action":{"type":"submit_tool_outputs"},
             "last_error":null,"model":"gpt-4o","instructions":null,"tools":[],"metadata":{},
             "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}
            """;

    static final String STEP =
            """
            {"id":"%s","object":"thread.run.step","created_at":%d,"run_id":"%s","assistant_id":"%s",
             "thread_id":"%s","type":"tool_calls","status":"completed","completed_at":1700000003,
             "step_details":{"type":"tool_calls","tool_calls":[{"id":"call_1","type":"function",
              "function":{"name":"f","arguments":"{}","output":"o"}}]},"usage":null}
            """;

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject TestWorker worker;
    @Inject ConversationStore conversation;

    final String assistant = Ids.assistant();
    final String thread = Ids.thread();
    final String run = Ids.run();
    Api api;

    @BeforeEach
    void open() {
        api = of("proj_" + Long.toHexString(System.nanoTime()));
    }

    Api of(String project) {
        keys.ensure(project, "sk-" + project).await().indefinitely();
        return Api.at(base).with("Authorization", "Bearer sk-" + project);
    }

    String thread() {
        return line(THREAD.formatted(thread));
    }

    String message(String id, long second, String text) {
        return line(MESSAGE.formatted(id, second, thread, "user", text));
    }

    String message(long second, String text) {
        return message(Ids.message(), second, text);
    }

    static String line(String json) {
        return json.replace("\n", "") + "\n";
    }

    static String list(String... objects) {
        return "{\n  \"object\": \"list\",\n  \"data\": [\n    "
                + String.join(",\n    ", objects)
                + "],\n  \"first_id\": \"x\",\n  \"last_id\": \"y\",\n  \"has_more\": true\n}";
    }

    JsonNode imported(String... dump) {
        Api.Answer answer = api.post(IMPORT, String.join("", dump));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    List<String> texts() {
        return api.get("/v1/threads/" + thread + "/messages?limit=100")
                .json()
                .path("data")
                .valueStream()
                .map(m -> m.at("/content/0/text/value").asText())
                .toList();
    }

    static String error(JsonNode summary) {
        return summary.at("/problems/0/error/message").asText();
    }

    String run(String status) {
        return line(RUN.formatted(run, 1_700_000_001, assistant, thread, status));
    }

    String step(long second) {
        return line(STEP.formatted(Ids.step(), second, run, assistant, thread));
    }
}
