package dev.threadwell.vectorstore;

import java.util.List;
import java.util.Map;

/** A chunk that a search has found, with its score between 0 and 1. */
public record SearchResult(
        String fileId,
        String filename,
        double score,
        Map<String, Object> attributes,
        List<Content> content) {

    /** Text of a file. */
    public record Content(String type, String text) {

        /** A text. */
        public static Content text(String text) {
            return new Content("text", text);
        }
    }
}
