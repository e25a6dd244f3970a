package dev.threadwell.runworker.turn;

import dev.threadwell.thread.UrlCitation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reference from a text to a file or a web page, as the API shows it in {@code annotations}.
 *
 * @param type {@code file_citation}, {@code file_path} or {@code url_citation}
 * @param source what is referred to, as the member that is named after the type shows it
 */
record Annotation(String type, Map<String, Object> source) {

    static final String CITATION = "file_citation";
    static final String PATH = "file_path";

    private static final String FILE_ID = "file_id";
    private static final String QUOTE = "quote";

    /** A reference to a file. */
    Annotation(String type, String fileId) {
        this(type, Map.of(FILE_ID, fileId));
    }

    /** A citation of a web page. */
    static Annotation of(UrlCitation page) {
        return new Annotation(UrlCitation.TYPE, page.source());
    }

    /**
     * The annotation that a delta has shown.
     *
     * @param shown the member of the delta's annotation that is named after its type
     */
    static Annotation shown(String type, Map<String, Object> shown) {
        Map<String, Object> source = new LinkedHashMap<>(shown);
        if (type.equals(CITATION)) {
            source.remove(QUOTE);
        }
        return new Annotation(type, source);
    }

    /** The id of the file; empty if this refers to no file. */
    String fileId() {
        return String.valueOf(source.getOrDefault(FILE_ID, ""));
    }

    /** The annotation in the form that it has in a message. */
    Map<String, Object> of(String text, int start, int end) {
        return json(text, start, end, source);
    }

    /**
     * The annotation in the form that it has in a delta (measured against the original): with its
     * index, and for a citation of a file with an empty quote.
     */
    Map<String, Object> delta(int index, String text, int start, int end) {
        Map<String, Object> shown = new LinkedHashMap<>(source);
        if (type.equals(CITATION)) {
            shown.put(QUOTE, "");
        }
        Map<String, Object> delta = new LinkedHashMap<>();
        delta.put("index", index);
        delta.putAll(json(text, start, end, shown));
        return delta;
    }

    private Map<String, Object> json(String text, int start, int end, Map<String, Object> shown) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("text", text);
        json.put("start_index", start);
        json.put("end_index", end);
        json.put(type, shown);
        return json;
    }
}
