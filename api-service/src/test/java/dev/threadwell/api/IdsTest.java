package dev.threadwell.api;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An id of another kind is refused before anything is looked up, whatever the body. */
@QuarkusTest
class IdsTest {

    private static final String THREAD = "/v1/threads/thread_1";
    private static final String RUN = THREAD + "/runs/run_1";

    @TestHTTPResource("/")
    URI base;

    private DynamicTest refused(String method, String path, String name, String prefix) {
        return refused(method, path, name, "undefined", prefix);
    }

    private DynamicTest refused(
            String method, String path, String name, String given, String prefix) {
        return DynamicTest.dynamicTest(
                method + " " + path,
                () ->
                        Api.at(base)
                                .send(method, path, method.equals("POST") ? "{\"x\":1}" : null)
                                .isError(
                                        400,
                                        "Invalid '%s': '%s'. Expected an ID that begins with '%s'."
                                                .formatted(name, given, prefix),
                                        name,
                                        "invalid_value"));
    }

    @TestFactory
    Stream<DynamicTest> anIdOfAnotherKindIsRefused() {
        return Stream.of(
                refused("GET", "/v1/assistants/undefined", "assistant_id", "asst"),
                refused("POST", "/v1/assistants/undefined", "assistant_id", "asst"),
                refused("DELETE", "/v1/assistants/undefined", "assistant_id", "asst"),
                refused("GET", "/v1/threads/undefined", "thread_id", "thread"),
                refused("POST", "/v1/threads/undefined", "thread_id", "thread"),
                refused("DELETE", "/v1/threads/undefined", "thread_id", "thread"),
                refused("GET", "/v1/threads/undefined/messages", "thread_id", "thread"),
                refused("POST", "/v1/threads/undefined/messages", "thread_id", "thread"),
                refused("GET", "/v1/threads/undefined/messages/msg_1", "thread_id", "thread"),
                refused("GET", THREAD + "/messages/undefined", "message_id", "msg"),
                refused("POST", THREAD + "/messages/undefined", "message_id", "msg"),
                refused("DELETE", THREAD + "/messages/undefined", "message_id", "msg"),
                refused("GET", "/v1/threads/undefined/runs", "thread_id", "thread"),
                refused("POST", "/v1/threads/undefined/runs", "thread_id", "thread"),
                refused("GET", THREAD + "/runs/undefined", "run_id", "run"),
                refused("POST", THREAD + "/runs/undefined", "run_id", "run"),
                refused("POST", THREAD + "/runs/undefined/cancel", "run_id", "run"),
                refused("POST", THREAD + "/runs/undefined/submit_tool_outputs", "run_id", "run"),
                refused("GET", THREAD + "/runs/undefined/steps", "run_id", "run"),
                refused("GET", RUN + "/steps/undefined", "step_id", "step"),
                refused("GET", THREAD + "/messages?run_id=msg_1", "run_id", "msg_1", "run"),
                refused("GET", THREAD + "/messages?after=run_1", "after", "run_1", "msg"),
                refused("GET", THREAD + "/messages?before=run_1", "before", "run_1", "msg"),
                refused("GET", THREAD + "/runs?after=msg_1", "after", "msg_1", "run"),
                refused("GET", THREAD + "/runs?before=msg_1", "before", "msg_1", "run"),
                refused("GET", RUN + "/steps?after=msg_1", "after", "msg_1", "step"),
                refused("GET", RUN + "/steps?before=msg_1", "before", "msg_1", "step"),
                refused("GET", "/v1/assistants?before=msg_1", "before", "msg_1", "asst"));
    }
}
