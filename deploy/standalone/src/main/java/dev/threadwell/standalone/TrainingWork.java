package dev.threadwell.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What clients do, done with the simulator as the model: runs that are streamed, polled, with
 * functions, searches in files, and code.
 */
final class TrainingWork implements AutoCloseable {

    private static final int AT_A_TIME = 4;

    private static final String ANSWER =
            "Please simulate {\"say\":\"The ferry leaves at noon.\",\"tokens\":60,\"gap_ms\":1}";
    private static final String CALLING =
            "Please simulate {\"calls\":[{\"name\":\"tides\",\"arguments\":{\"port\":\"Dover\"}}],"
                    + "\"then\":{\"say\":\"At noon.\",\"tokens\":30}}";
    private static final String SEARCHING =
            "Please simulate"
                    + " {\"calls\":[{\"name\":\"file_search\",\"arguments\":{\"queries\":[\"ferry\"]}}],\"then\":{\"say\":\"At"
                    + " noon.\"}}";
    private static final String CODING =
            "Please simulate"
                    + " {\"calls\":[{\"name\":\"code_interpreter\",\"arguments\":{\"code\":\"print(6 *"
                    + " 7)\"}}],\"then\":{\"say\":\"Forty-two.\"}}";
    private static final Map<String, ?> FUNCTION =
            Map.of(
                    "type",
                    "function",
                    "function",
                    Map.of("name", "tides", "parameters", Map.of("type", "object")));

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final String base;
    private final String key;

    TrainingWork(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Makes so many runs, and returns when all have ended. */
    void runs(int count) throws IOException, InterruptedException {
        String assistant = assistant(store());
        List<Future<Void>> runs = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (int number = 0; number < count; number++) {
                runs.add(executor.submit(run(number, assistant)));
            }
            for (Future<Void> run : runs) {
                run.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Callable<Void> run(int number, String assistant) {
        String prompt =
                switch (number % 20) {
                    case 3, 13 -> SEARCHING;
                    case 7 -> CODING;
                    case 1, 5, 9, 15, 19 -> CALLING;
                    default -> ANSWER;
                };
        return () -> {
            if (number % 3 == 2) {
                polled(assistant, prompt);
            } else {
                streamed(assistant, prompt);
            }
            return null;
        };
    }

    private void streamed(String assistant, String prompt)
            throws IOException, InterruptedException {
        Map<String, ?> message = Map.of("role", "user", "content", prompt);
        List<JsonNode> seen =
                stream(
                        "/threads/runs",
                        Map.of(
                                "assistant_id",
                                assistant,
                                "stream",
                                true,
                                "thread",
                                Map.of("messages", List.of(message))));
        String thread = seen.getFirst().required("id").asText();
        for (JsonNode event : seen) {
            if (event.path("status").asText().equals("requires_action")) {
                stream(path(event) + "/submit_tool_outputs", outputs(event, true));
            }
        }
        look(thread);
    }

    private void polled(String assistant, String prompt) throws IOException, InterruptedException {
        String thread = post("/threads", Map.of()).required("id").asText();
        post("/threads/" + thread + "/messages", Map.of("role", "user", "content", prompt));
        JsonNode run = post("/threads/" + thread + "/runs", Map.of("assistant_id", assistant));
        while (isUnderWay(run)) {
            Thread.sleep(20);
            run = get(path(run));
            if (run.path("status").asText().equals("requires_action")) {
                run = post(path(run) + "/submit_tool_outputs", outputs(run, false));
            }
        }
        get(path(run) + "/steps");
        look(thread);
    }

    private void look(String thread) throws IOException, InterruptedException {
        get("/threads/" + thread + "/messages");
        get("/threads/" + thread + "/runs");
        send(request("/threads/" + thread).DELETE().build());
    }

    private static boolean isUnderWay(JsonNode run) {
        return List.of("queued", "in_progress").contains(run.path("status").asText());
    }

    private static String path(JsonNode run) {
        return "/threads/%s/runs/%s"
                .formatted(run.required("thread_id").asText(), run.required("id").asText());
    }

    private static Map<String, ?> outputs(JsonNode run, boolean stream) {
        var calls = run.at("/required_action/submit_tool_outputs/tool_calls");
        return Map.of(
                "stream",
                stream,
                "tool_outputs",
                calls.valueStream()
                        .map(call -> call.required("id").asText())
                        .map(id -> Map.of("tool_call_id", id, "output", "High water at noon."))
                        .toList());
    }

    private String assistant(String store) throws IOException, InterruptedException {
        return post(
                        "/assistants",
                        Map.of(
                                "model",
                                "gpt-4o",
                                "instructions",
                                "Answer briefly.",
                                "tools",
                                List.of(
                                        FUNCTION,
                                        Map.of("type", "code_interpreter"),
                                        Map.of("type", "file_search")),
                                "tool_resources",
                                Map.of("file_search", Map.of("vector_store_ids", List.of(store)))))
                .required("id")
                .asText();
    }

    private String store() throws IOException, InterruptedException {
        String store = post("/vector_stores", Map.of("name", "tides")).required("id").asText();
        String files = "/vector_stores/" + store + "/files";
        JsonNode file = post(files, Map.of("file_id", upload()));
        while (file.path("status").asText().equals("in_progress")) {
            Thread.sleep(50);
            file = get(files + "/" + file.required("id").asText());
        }
        return store;
    }

    private String upload() throws IOException, InterruptedException {
        String form =
                """
                --form\r
                Content-Disposition: form-data; name="purpose"\r
                \r
                assistants\r
                --form\r
                Content-Disposition: form-data; name="file"; filename="tides.txt"\r
                Content-Type: text/plain\r
                \r
                Low water is at noon; the ferry waits for the tide.\r
                --form--\r
                """;
        return send(request("/files")
                        .header("Content-Type", "multipart/form-data; boundary=form")
                        .POST(BodyPublishers.ofString(form))
                        .build())
                .required("id")
                .asText();
    }

    private List<JsonNode> stream(String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response =
                client.send(posting(path, body), BodyHandlers.ofLines());
        List<JsonNode> seen = new ArrayList<>();
        try (Stream<String> lines = response.body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("data: {")) {
                    seen.add(json.readTree(line.substring("data: ".length())));
                }
            }
        }
        if (response.statusCode() != 200 || seen.isEmpty()) {
            throw new IOException(path + " was answered with " + response.statusCode());
        }
        return seen;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    private JsonNode post(String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        return send(posting(path, body));
    }

    private HttpRequest posting(String path, Map<String, ?> body) throws IOException {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + key)
                .header("OpenAI-Beta", "assistants=v2");
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(
                    "%s was answered with %d: %s"
                            .formatted(
                                    request.uri().getPath(),
                                    response.statusCode(),
                                    response.body()));
        }
        return json.readTree(response.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
