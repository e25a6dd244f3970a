package dev.threadwell.vectorstore;

import java.util.List;
import java.util.Map;

/** A chunk found by a search, with its score between 0 and 1. */
public record SearchResult(
        String fileId,
        String filename,
        double score,
        Map<String, Object> attributes,
        List<Content> content) {

    /** A part of the file's text. */
    public record Content(String type, String text) {

        /** A text part. */
        public static Content text(String text) {
            return new Content("text", text);
        }
    }
}
