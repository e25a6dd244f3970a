package dev.threadwell.runworker.turn;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reference from a text to a file, as the API shows it in {@code annotations}.
 *
 * @param type {@code file_citation} or {@code file_path}
 */
record Annotation(String type, String fileId) {

    static final String CITATION = "file_citation";
    static final String PATH = "file_path";

    /** The annotation in the form that it has in a message. */
    Map<String, Object> of(String text, int start, int end) {
        return json(text, start, end, Map.of("file_id", fileId));
    }

    /**
     * The annotation in the form that it has in a delta (measured against the original): with its
     * index, and for a citation with an empty quote.
     */
    Map<String, Object> delta(int index, String text, int start, int end) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("file_id", fileId);
        if (type.equals(CITATION)) {
            source.put("quote", "");
        }
        Map<String, Object> delta = new LinkedHashMap<>();
        delta.put("index", index);
        delta.putAll(json(text, start, end, source));
        return delta;
    }

    private Map<String, Object> json(String text, int start, int end, Map<String, Object> source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("text", text);
        json.put("start_index", start);
        json.put("end_index", end);
        json.put(type, source);
        return json;
    }
}
