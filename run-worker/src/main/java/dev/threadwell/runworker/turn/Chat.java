package dev.threadwell.runworker.turn;

import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.store.Conversation.Entry;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.MessageStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How what was said and done in a thread is told to a provider of chat completions.
 *
 * @param run the one that the model is asked for
 * @param pictures by their files' ids; what is not among them is only mentioned
 */
record Chat(Run run, Map<String, Picture> pictures) {

    /** The name under which a model knows the code interpreter. */
    static final String CODE_INTERPRETER = "code_interpreter";

    /** The name under which a model knows file search. */
    static final String FILE_SEARCH = "file_search";

    /** No message at all, where a provider is not to know of it. */
    List<Map<String, Object>> messages(Entry entry) {
        return switch (entry) {
            case Entry.Said(Message message) ->
                    isSampledAgain(message) || content(message).equals("")
                            ? List.of()
                            : List.of(message(message.role(), content(message)));
            case Entry.Called(RunStep step) -> called(step);
        };
    }

    /** A message of this run that broke off is what the model is about to say anew. */
    private boolean isSampledAgain(Message message) {
        return run.id().equals(message.runId()) && message.status() == MessageStatus.INCOMPLETE;
    }

    static Map<String, Object> message(String role, Object content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    /** A single text as a string, which every provider takes; anything else as parts. */
    private Object content(Message message) {
        return message.content().stream().allMatch(part -> picture(message, part) == null)
                ? message.content().stream().map(Chat::text).collect(Collectors.joining("\n"))
                : message.content().stream().map(part -> part(message, part)).toList();
    }

    /** Where the model finds the picture; null if the part is none, or cannot be shown. */
    private @Nullable Map<String, Object> picture(Message message, MessageContent part) {
        return switch (part) {
            case MessageContent.ImageUrl(var image) -> image;
            case MessageContent.ImageFile(var image) ->
                    Picture.mayShow(message) ? attached(image) : null;
            case MessageContent.Text _, MessageContent.Refusal _ -> null;
        };
    }

    private @Nullable Map<String, Object> attached(Map<String, Object> image) {
        Picture picture = pictures.get(String.valueOf(image.get("file_id")));
        if (picture == null) {
            return null;
        }
        Map<String, Object> source = new LinkedHashMap<>(image);
        source.remove("file_id");
        source.put("url", picture.url());
        return source;
    }

    private static String text(MessageContent part) {
        return switch (part) {
            case MessageContent.Text(var text) -> text.value();
            case MessageContent.Refusal(var refusal) -> refusal;
            case MessageContent.ImageUrl(var image) -> String.valueOf(image.get("url"));
            case MessageContent.ImageFile(var image) -> "[image " + image.get("file_id") + "]";
        };
    }

    private Map<String, Object> part(Message message, MessageContent part) {
        Map<String, Object> picture = picture(message, part);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", picture == null ? "text" : "image_url");
        if (picture == null) {
            json.put("text", text(part));
        } else {
            json.put("image_url", picture);
        }
        return json;
    }

    /** A step whose calls have all been answered: the calls, then an output for each. */
    static List<Map<String, Object>> called(RunStep step) {
        if (step.status() != StepStatus.COMPLETED
                || !(step.stepDetails() instanceof StepDetails.ToolCalls(var calls))
                || !calls.stream().allMatch(StepDetails.ToolCall::answered)) {
            return List.of();
        }
        List<Map<String, Object>> messages = new ArrayList<>();
        Map<String, Object> asked = message("assistant", "");
        asked.put("tool_calls", calls.stream().map(Chat::call).toList());
        messages.add(asked);
        for (StepDetails.ToolCall call : calls) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("role", "tool");
            answer.put("tool_call_id", call.id());
            answer.put("content", output(call));
            messages.add(answer);
        }
        return messages;
    }

    private static Map<String, Object> call(StepDetails.ToolCall call) {
        return switch (call) {
            case StepDetails.FunctionCall(var id, var f) -> call(id, f.name(), f.arguments());
            case StepDetails.CodeInterpreterCall(var id, var code) ->
                    call(id, CODE_INTERPRETER, code.input());
            case StepDetails.FileSearchCall(var id, _) -> call(id, FILE_SEARCH, "{}");
        };
    }

    private static Map<String, Object> call(String id, String name, String arguments) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("arguments", arguments);
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("id", id);
        call.put("type", "function");
        call.put("function", function);
        return call;
    }

    private static String output(StepDetails.ToolCall call) {
        return switch (call) {
            case StepDetails.FunctionCall(_, var f) -> f.output() == null ? "" : f.output();
            case StepDetails.CodeInterpreterCall(_, var code) ->
                    code.outputs() == null ? "" : joined(code.outputs(), "logs");
            case StepDetails.FileSearchCall(_, var search) ->
                    search.results() == null ? "" : joined(search.results(), "text");
        };
    }

    private static String joined(List<Map<String, Object>> parts, String key) {
        return parts.stream()
                .map(part -> String.valueOf(part.getOrDefault(key, "")))
                .collect(Collectors.joining("\n"));
    }
}
