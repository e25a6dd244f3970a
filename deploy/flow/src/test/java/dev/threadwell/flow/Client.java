package dev.threadwell.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An application that uses the API: with its key, on one node, with an assistant's tools. */
public record Client(Http http, List<Map<String, ?>> tools) {

    public Client(Http http) {
        this(http, List.of());
    }

    /** With this to become of its runs on a busy thread. */
    public Client onABusyThread(String policy) {
        return on(new Http(http.base(), http.key(), Map.of("Threadwell-Busy-Thread", policy)));
    }

    /** With functions that need no arguments. */
    public Client withFunctions(String... names) {
        Client with = this;
        for (String name : names) {
            with = with.and(Map.of("type", "function", "function", function(name)));
        }
        return with;
    }

    /** With a function that the system executes. */
    public Client withBoundFunction(String name, Map<String, ?> binding) {
        return withBoundFunction(function(name), binding);
    }

    /** With this function, which the system executes. */
    public Client withBoundFunction(Map<String, ?> function, Map<String, ?> binding) {
        return and(Map.of("type", "function", "function", function, "threadwell", binding));
    }

    /** With the tools of an MCP server, which needs no approval. */
    public Client withMcp(String label, String url) {
        return and(
                Map.of(
                        "type",
                        "mcp",
                        "server_label",
                        label,
                        "server_url",
                        url,
                        "require_approval",
                        "never"));
    }

    public Client withCodeInterpreter() {
        return and(Map.of("type", "code_interpreter"));
    }

    public Client withFileSearch() {
        return and(Map.of("type", "file_search"));
    }

    /** With the web search and these options of it. */
    public Client withWebSearch(Map<String, ?> options) {
        return and(Map.of("type", "web_search", "web_search", options));
    }

    /** With a built-in tool of this type. */
    public Client with(String type) {
        return and(Map.of("type", type));
    }

    public ClientStore store(String... filenamesAndTexts) {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < filenamesAndTexts.length; i += 2) {
            files.add(
                    http.upload(filenamesAndTexts[i], filenamesAndTexts[i + 1])
                            .ok()
                            .path("id")
                            .asText());
        }
        String id =
                http.post("/v1/vector_stores", Map.of("file_ids", files)).ok().path("id").asText();
        return new ClientStore(http, id, List.copyOf(files));
    }

    private static Map<String, ?> function(String name) {
        return Map.of("name", name, "parameters", Map.of("type", "object", "properties", Map.of()));
    }

    private Client and(Map<String, ?> tool) {
        var more = new ArrayList<>(tools);
        more.add(tool);
        return new Client(http, List.copyOf(more));
    }

    /** The same application on another node. */
    public Client on(Http node) {
        return new Client(node, tools);
    }

    public String assistant() {
        return http.post("/v1/assistants", Map.of("model", "simulated", "tools", tools))
                .ok()
                .path("id")
                .asText();
    }

    /** Begins with a message of the user: a text, or a list of parts. */
    public String thread(Object content) {
        var message = Map.of("role", "user", "content", content);
        return http.post("/v1/threads", Map.of("messages", List.of(message)))
                .ok()
                .path("id")
                .asText();
    }

    /** Says something more on this thread. */
    public void says(String thread, String text) {
        http.post("/v1/threads/" + thread + "/messages", Map.of("role", "user", "content", text))
                .ok();
    }

    public ClientRun asks(String text) {
        return asks(text, Map.of());
    }

    /** Asks in a thread of its own, and polls. */
    public ClientRun asks(String text, Map<String, ?> options) {
        return asksIn(thread(text), options);
    }

    /** Asks with texts and pictures in a thread of its own, and polls. */
    public ClientRun asks(List<Map<String, ?>> parts) {
        return asksIn(thread(parts), Map.of());
    }

    /** Begins a run on what the thread already says. */
    public ClientRun asksIn(String thread, Map<String, ?> options) {
        return ClientRun.polled(
                http, thread, http.post(runs(thread), run(assistant(), options)).ok());
    }

    public ClientRun streams(String text) {
        return streams(text, Map.of());
    }

    /** Asks in a thread of its own, and listens to the run's events. */
    public ClientRun streams(String text, Map<String, ?> options) {
        return streamsIn(thread(text), options);
    }

    /** Begins a run on what the thread already says, and listens to its events. */
    public ClientRun streamsIn(String thread, Map<String, ?> options) {
        var body = new LinkedHashMap<String, Object>(run(assistant(), options));
        body.put("stream", true);
        return ClientRun.streamed(
                http, thread, EventStream.of(http.streamWithIds(runs(thread), body)));
    }

    public static Map<String, Object> run(String assistant, Map<String, ?> options) {
        var body = new LinkedHashMap<String, Object>(options);
        body.put("assistant_id", assistant);
        return body;
    }

    public static String runs(String thread) {
        return "/v1/threads/" + thread + "/runs";
    }
}
