package dev.threadwell.thread;

import java.util.List;
import java.util.Map;

/** One part of a message's content. */
public sealed interface MessageContent {

    /** Text with its annotations. */
    record Text(Value text) implements MessageContent {

        /** A text part without annotations. */
        public static Text of(String value) {
            return new Text(new Value(value, List.of()));
        }
    }

    /** An image that was uploaded as a file. */
    record ImageFile(Map<String, Object> imageFile) implements MessageContent {}

    /** An image referenced by URL. */
    record ImageUrl(Map<String, Object> imageUrl) implements MessageContent {}

    /** The model's refusal to answer. */
    record Refusal(String refusal) implements MessageContent {}

    /** The text itself; annotations refer to it by code point offsets. */
    record Value(String value, List<Map<String, Object>> annotations) {}
}
