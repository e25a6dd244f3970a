package dev.threadwell.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One object of each kind in a project, by kind. */
final class Belongings {

    private static final Pattern KIND = Pattern.compile("\\$([a-z_]+)");

    private final Map<String, String> ids = new HashMap<>();

    /** Makes everything: a run that has ended, and another that waits in a thread of its own. */
    static Belongings of(Api api, TestWorker worker) {
        Belongings made = new Belongings();
        String file = api.form("/v1/files", Multipart.of("assistants", "a.txt", "Text")).id();
        made.ids.put("file", file);
        made.ids.put("picture", api.form("/v1/files", Multipart.of("vision", "a.png", "x")).id());
        made.ids.put("assistant", api.assistant());
        made.storeWith(api, file);
        made.upload(api);
        made.ended(api, worker);
        made.waiting(api, worker);
        return made;
    }

    private void storeWith(Api api, String file) {
        ids.put("store", api.post("/v1/vector_stores", "{}").id());
        String batches = filled("/v1/vector_stores/$store/file_batches");
        ids.put("batch", api.post(batches, "{\"file_ids\":[\"" + file + "\"]}").id());
    }

    private void upload(Api api) {
        String announced =
                "{\"filename\":\"b\",\"purpose\":\"assistants\",\"bytes\":4,\"mime_type\":\"text/plain\"}";
        ids.put("upload", api.post("/v1/uploads", announced).id());
        Multipart part = new Multipart().file("data", "part", "Text");
        ids.put("part", api.form(filled("/v1/uploads/$upload/parts"), part).id());
    }

    private void ended(Api api, TestWorker worker) {
        ids.put("thread", api.thread());
        ids.put("run", api.run(id("thread"), id("assistant")).id());
        worker.completes(worker.claims(id("run")), "Done");
        ids.put("message", newest(api, filled("/v1/threads/$thread/messages")));
        ids.put("step", newest(api, filled("/v1/threads/$thread/runs/$run/steps")));
    }

    private static String newest(Api api, String list) {
        JsonNode data = api.get(list).json().path("data");
        return data.get(0).path("id").asText();
    }

    private void waiting(Api api, TestWorker worker) {
        ids.put("waiting_thread", api.thread());
        ids.put("waiting_run", api.run(id("waiting_thread"), id("assistant")).id());
        worker.calls(worker.claims(id("waiting_run")), "look");
    }

    String id(String kind) {
        return ids.get(kind);
    }

    /** The same with the run that waits, and its thread, for the run and the thread. */
    Belongings waiting() {
        Belongings same = new Belongings();
        same.ids.putAll(ids);
        same.ids.put("thread", id("waiting_thread"));
        same.ids.put("run", id("waiting_run"));
        return same;
    }

    /** A text with these ids for the kinds in it. */
    String filled(String template) {
        return KIND.matcher(template)
                .replaceAll(kind -> Matcher.quoteReplacement(found(kind.group(1))));
    }

    private String found(String kind) {
        String id = ids.get(kind);
        if (id == null) {
            throw new IllegalArgumentException("nothing is of the kind " + kind);
        }
        return id;
    }
}
