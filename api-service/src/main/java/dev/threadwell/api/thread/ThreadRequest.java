package dev.threadwell.api.thread;

import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.metadata;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.optional;

import dev.threadwell.api.assistant.ToolResources;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.message.MessageRequest;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The validation rules of the bodies that create and modify threads, and the factory from a valid
 * body to a thread.
 */
public final class ThreadRequest {

    /** The body that creates a thread. */
    public static final ObjectRule CREATE =
            object(
                    optional("messages", listOf("objects", 0, 100_000, MessageRequest.CREATE)),
                    optional("tool_resources", ToolResources.NEW),
                    optional("metadata", metadata()));

    static final ObjectRule MODIFY =
            object(
                    optional("tool_resources", ToolResources.EXISTING),
                    optional("metadata", metadata()));

    private ThreadRequest() {}

    /**
     * The thread that a valid body requests, still without files; an empty thread without a body.
     */
    public static ThreadObject created(String id, @Nullable Body body, long now) {
        Map<String, String> metadata = body == null ? null : body.metadata();
        return new ThreadObject(
                id, ThreadObject.OBJECT, now, metadata == null ? Map.of() : metadata, Map.of());
    }

    /** The first messages of a new thread. */
    public static List<Message> messages(
            ApiRequest request, @Nullable Body body, String threadId, long now) {
        return body == null
                ? List.of()
                : body.objects("messages").stream()
                        .map(message -> message(request, message, threadId, now))
                        .toList();
    }

    private static Message message(ApiRequest request, Body body, String threadId, long now) {
        return MessageRequest.created(request.newId(ObjectKind.MESSAGE), body, threadId, now);
    }

    static ThreadObject modified(ThreadObject before, Body body, ToolFiles files) {
        return new ThreadObject(
                before.id(),
                before.object(),
                before.createdAt(),
                body.metadataOr(before.metadata()),
                body.has("tool_resources") ? files.resources() : before.toolResources());
    }
}
