package dev.threadwell.api.message;

import static dev.threadwell.api.validation.Rules.bounded;
import static dev.threadwell.api.validation.Rules.byType;
import static dev.threadwell.api.validation.Rules.either;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.imageUrl;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.metadata;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The validation rules of the bodies that create and modify messages, and the factory from a valid
 * body to a message.
 */
public final class MessageRequest {

    private static final int MAX_TEXT = 256_000;

    /** Longer than the id of any file. */
    private static final int MAX_ID = 256;

    /** The maximum of characters in all parts of a message, images in data URLs included. */
    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    private static final int MAX_VALUES = 20_000;
    private static final Rule DETAIL = oneOf("auto", "low", "high");
    private static final Rule PART = oneOf("text", "image_url", "image_file");
    private static final Rule TOOL =
            oneOf(ToolKind.CODE_INTERPRETER.name(), ToolKind.FILE_SEARCH.name());

    private static final ObjectRule ATTACHMENT =
            object(
                    optional("file_id", text(MAX_ID)),
                    optional("tools", listOf("objects", 0, 2, object(required("type", TOOL)))));

    /** The body that creates a message. */
    public static final ObjectRule CREATE =
            object(
                    required("role", oneOf("user", "assistant")),
                    required(
                            "content",
                            bounded(
                                    either(
                                            filledText(MAX_TEXT),
                                            listOf("objects", 1, 1_000, byType(parts())),
                                            "one of a string or array of objects"),
                                    MAX_VALUES,
                                    MAX_CHARACTERS)),
                    optional("attachments", listOf("objects", 0, 1_000, ATTACHMENT)),
                    optional("metadata", metadata()));

    /** The body that modifies a message. */
    public static final ObjectRule MODIFY = object(optional("metadata", metadata()));

    private MessageRequest() {}

    private static Map<String, ObjectRule> parts() {
        Map<String, ObjectRule> parts = new LinkedHashMap<>();
        parts.put("text", object(required("type", PART), required("text", filledText(MAX_TEXT))));
        parts.put(
                "image_url",
                object(
                        required("type", PART),
                        required(
                                "image_url",
                                object(required("url", imageUrl()), optional("detail", DETAIL)))));
        parts.put(
                "image_file",
                object(
                        required("type", PART),
                        required(
                                "image_file",
                                object(
                                        required("file_id", text(MAX_ID)),
                                        optional("detail", DETAIL)))));
        return parts;
    }

    /** The message that a valid body requests. */
    public static Message created(String id, Body body, String threadId, long now) {
        Map<String, String> metadata = body.metadata();
        return Message.written(
                id,
                threadId,
                now,
                body.required("role"),
                content(body),
                body.objects("attachments").stream().map(MessageRequest::attachment).toList(),
                metadata == null ? Map.of() : metadata);
    }

    private static List<MessageContent> content(Body body) {
        JsonNode content = body.get("content");
        return content != null && content.isTextual()
                ? List.of(MessageContent.Text.of(content.textValue()))
                : body.objects("content").stream().map(MessageRequest::part).toList();
    }

    private static MessageContent part(Body part) {
        return switch (part.required("type")) {
            case "text" -> MessageContent.Text.of(part.required("text"));
            case "image_url" ->
                    new MessageContent.ImageUrl(detailed(part.existing("image_url"), "url"));
            default ->
                    new MessageContent.ImageFile(detailed(part.existing("image_file"), "file_id"));
        };
    }

    private static Map<String, Object> detailed(Body image, String source) {
        String detail = image.text("detail");
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put(source, image.required(source));
        shown.put("detail", detail == null ? "auto" : detail);
        return shown;
    }

    private static Message.Attachment attachment(Body attachment) {
        return new Message.Attachment(
                attachment.text("file_id"),
                attachment.objects("tools").stream()
                        .map(tool -> Map.<String, Object>of("type", tool.required("type")))
                        .toList());
    }
}
