package dev.threadwell.runworker.turn;

import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.runworker.turn.tool.CallView;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.MessageStatus;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Converts messages and tool calls of a thread to messages of chat completions.
 *
 * @param run the run whose next turn is sampled
 * @param files the images for the model; a file that is not among them is only mentioned
 * @param names the function names of the run's tools
 */
record ChatMessages(Run run, AttachedFiles files, BuiltInFunctions names) {

    private static final StepDetails.ProviderFields NO_FIELDS =
            new StepDetails.ProviderFields(Map.of(), Map.of());

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-zA-Z0-9_-]");

    /** The messages for this entry; none if the model must not see it. */
    List<Map<String, Object>> messages(Entry entry) {
        return switch (entry) {
            case Entry.Said(Message message) ->
                    isSampledAgain(message) || content(message).equals("")
                            ? List.of()
                            : List.of(message(message.role(), content(message)));
            case Entry.Called(RunStep step) -> called(step);
        };
    }

    /** Whether the message is an incomplete one of this run, which the model now writes again. */
    private boolean isSampledAgain(Message message) {
        return run.id().equals(message.runId()) && message.status() == MessageStatus.INCOMPLETE;
    }

    static Map<String, Object> message(String role, Object content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    /**
     * The content as a string if it has no image to show, which every provider accepts, and
     * otherwise as parts.
     */
    private Object content(Message message) {
        List<MessageContent> parts = told(message);
        return parts.stream().allMatch(part -> picture(message, part) == null)
                ? parts.stream().map(this::text).collect(Collectors.joining("\n"))
                : parts.stream().flatMap(part -> parts(message, part)).toList();
    }

    /**
     * The parts for the model. Images that its own code has made are left out: the model has seen
     * them in the call's output.
     */
    private static List<MessageContent> told(Message message) {
        return message.runId() == null
                ? message.content()
                : message.content().stream()
                        .filter(part -> !(part instanceof MessageContent.ImageFile))
                        .toList();
    }

    /** The image for the model; null if the part is not an image or cannot be shown. */
    private @Nullable Map<String, Object> picture(Message message, MessageContent part) {
        if (!files.seen()) {
            return null;
        }
        return switch (part) {
            case MessageContent.ImageUrl(var image) -> fetched(image);
            case MessageContent.ImageFile(var image) ->
                    ImagePart.mayShow(message) ? attached(image) : null;
            case MessageContent.Text _, MessageContent.Refusal _ -> null;
        };
    }

    /**
     * The image with its content if it was downloaded, with its URL if not; null if there are too
     * many.
     */
    private @Nullable Map<String, Object> fetched(Map<String, Object> image) {
        ImagePart picture = files.pictures().get(String.valueOf(image.get("url")));
        if (picture == null) {
            return image;
        }
        if (picture.equals(ImagePart.NOT_SHOWN)) {
            return null;
        }
        Map<String, Object> source = new LinkedHashMap<>(image);
        source.put("url", picture.url());
        return source;
    }

    private @Nullable Map<String, Object> attached(Map<String, Object> image) {
        ImagePart picture = files.pictures().get(String.valueOf(image.get("file_id")));
        if (picture == null) {
            return null;
        }
        Map<String, Object> source = new LinkedHashMap<>(image);
        source.remove("file_id");
        source.put("url", picture.url());
        return source;
    }

    private String text(MessageContent part) {
        String label = label(part);
        if (label != null) {
            return label;
        }
        return switch (part) {
            case MessageContent.Text(var text) -> text.value();
            case MessageContent.Refusal(var refusal) -> refusal;
            case MessageContent.ImageUrl(var image) -> mentioned(String.valueOf(image.get("url")));
            case MessageContent.ImageFile(var image) -> "[image " + image.get("file_id") + "]";
        };
    }

    /** The URL of an image that is not shown, unless it is the image itself. */
    private static String mentioned(String url) {
        return url.startsWith("data:") ? "[image]" : url;
    }

    /** The text that names an image, if the model is told its name. */
    private @Nullable String label(MessageContent part) {
        return switch (part) {
            case MessageContent.ImageUrl(var image) ->
                    files.names().label(String.valueOf(image.get("url")));
            case MessageContent.ImageFile(var image) ->
                    files.names().label(String.valueOf(image.get("file_id")));
            case MessageContent.Text _, MessageContent.Refusal _ -> null;
        };
    }

    /** The part for the model, behind its name if it is an image whose name the model is told. */
    private Stream<Map<String, Object>> parts(Message message, MessageContent part) {
        Map<String, Object> picture = picture(message, part);
        if (picture == null) {
            return Stream.of(textPart(text(part)));
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("type", "image_url");
        shown.put("image_url", picture);
        String label = label(part);
        return label == null ? Stream.of(shown) : Stream.of(textPart(label), shown);
    }

    private static Map<String, Object> textPart(String text) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "text");
        part.put("text", text);
        return part;
    }

    /** The calls of a step if all of them have been answered. */
    static List<StepDetails.ToolCall> answered(RunStep step) {
        return step.status() == StepStatus.COMPLETED
                        && step.stepDetails() instanceof StepDetails.ToolCalls(var calls, _)
                        && calls.stream().allMatch(StepDetails.ToolCall::answered)
                ? calls
                : List.of();
    }

    /**
     * The messages for a step whose calls have all been answered: the calls, with the provider
     * fields that have to be sent back, then an output for each call.
     */
    private List<Map<String, Object>> called(RunStep step) {
        List<StepDetails.ToolCall> calls = answered(step);
        if (calls.isEmpty()) {
            return List.of();
        }
        StepDetails.ProviderFields fields = providerFields(step);
        List<Map<String, Object>> messages = new ArrayList<>();
        Map<String, Object> asked = message("assistant", "");
        asked.putAll(fields.message());
        asked.put(
                "tool_calls",
                calls.stream()
                        .map(call -> with(fields.calls().get(call.id()), call(call)))
                        .toList());
        messages.add(asked);
        for (StepDetails.ToolCall call : calls) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("role", "tool");
            answer.put("tool_call_id", call.id());
            answer.put("content", names.view(call).text());
            messages.add(answer);
        }
        return messages;
    }

    private static StepDetails.ProviderFields providerFields(RunStep step) {
        return step.stepDetails() instanceof StepDetails.ToolCalls(_, var fields) && fields != null
                ? fields
                : NO_FIELDS;
    }

    private static Map<String, Object> with(
            @Nullable Map<String, Object> fields, Map<String, Object> call) {
        if (fields != null) {
            fields.forEach(call::putIfAbsent);
            if (fields.get("function") instanceof Map<?, ?> ofFunction
                    && call.get("function") instanceof Map<?, ?> function) {
                Map<Object, Object> whole = new LinkedHashMap<>(function);
                ofFunction.forEach(whole::putIfAbsent);
                call.put("function", whole);
            }
        }
        return call;
    }

    private Map<String, Object> call(StepDetails.ToolCall call) {
        CallView view = names.view(call);
        return call(call.id(), names.name(call), object(view.arguments(), view.parameter()));
    }

    /**
     * Wraps other arguments in a JSON object, because many providers reject calls whose arguments
     * are not one.
     */
    private static String object(String arguments, String member) {
        if (arguments.isBlank()) {
            return "{}";
        }
        return CallInProgress.isObject(arguments)
                ? arguments
                : Json.compact(Map.of(member, arguments));
    }

    private static Map<String, Object> call(String id, String name, String arguments) {
        Map<String, Object> function = new LinkedHashMap<>();
        // Providers reject names with other characters, which a model may have made up.
        function.put("name", NOT_IN_NAMES.matcher(name).replaceAll("_"));
        function.put("arguments", arguments);
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("id", id);
        call.put("type", "function");
        call.put("function", function);
        return call;
    }
}
