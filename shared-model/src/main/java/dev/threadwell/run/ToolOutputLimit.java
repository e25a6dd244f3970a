package dev.threadwell.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Truncates the output of a tool, so that an outbox message, a step and a stream event can carry
 * it.
 */
final class ToolOutputLimit {

    private static final int CHARACTERS = 256 * 1024;
    private static final int ERROR_CHARACTERS = 4 * 1024;
    private static final int ITEMS = 1_000;

    private int left = CHARACTERS;

    private ToolOutputLimit() {}

    static ToolOutput of(ToolOutput output) {
        ToolOutputLimit capped = new ToolOutputLimit();
        return switch (output) {
            case ToolOutput.Text(var text) -> new ToolOutput.Text(capped.text(text));
            case ToolOutput.Code(var outputs, var files, var note) ->
                    new ToolOutput.Code(
                            capped.items(outputs, "logs"), first(files), capped.orNull(note));
            case ToolOutput.Found(var ranking, var results) ->
                    new ToolOutput.Found(ranking, capped.results(results));
            case ToolOutput.Result(var details, var text, var files, var images) -> {
                String told = capped.text(text);
                yield new ToolOutput.Result(
                        capped.members(details), told, first(files), first(images));
            }
            case ToolOutput.Failed(var error) ->
                    new ToolOutput.Failed(
                            new RunError(error.code(), cut(error.message(), ERROR_CHARACTERS)));
        };
    }

    private static <T> List<T> first(List<T> items) {
        return items.size() <= ITEMS ? items : items.subList(0, ITEMS);
    }

    private @Nullable String orNull(@Nullable String text) {
        return text == null ? null : text(text);
    }

    private String text(String text) {
        String cut = cut(text, left);
        left -= cut.length();
        return cut;
    }

    private List<Map<String, Object>> items(List<Map<String, Object>> items, String member) {
        List<Map<String, Object>> capped = new ArrayList<>();
        for (Map<String, Object> item : first(items)) {
            Map<String, Object> copy = new LinkedHashMap<>(item);
            copy.computeIfPresent(
                    member, (name, value) -> value instanceof String text ? text(text) : value);
            capped.add(copy);
        }
        return capped;
    }

    private Map<String, Object> members(Map<?, ?> object) {
        Map<String, Object> capped = new LinkedHashMap<>();
        object.forEach((name, value) -> capped.put(String.valueOf(name), value(value)));
        return capped;
    }

    /** Truncates strings and lists at any depth, because these details may be any JSON. */
    private @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case String text -> text(text);
            case Map<?, ?> object -> members(object);
            case List<?> list -> first(list).stream().map(this::value).toList();
            case null, default -> value;
        };
    }

    private List<Map<String, Object>> results(List<Map<String, Object>> results) {
        List<Map<String, Object>> capped = new ArrayList<>();
        for (Map<String, Object> result : first(results)) {
            Map<String, Object> copy = new LinkedHashMap<>(result);
            copy.computeIfPresent("content", (name, value) -> content(value));
            capped.add(copy);
        }
        return capped;
    }

    @SuppressWarnings("unchecked")
    private Object content(Object value) {
        return value instanceof List<?> parts
                ? items((List<Map<String, Object>>) parts, "text")
                : value;
    }

    /** The first {@code length} characters at most, without splitting a surrogate pair. */
    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        boolean halves = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, halves ? length - 1 : length);
    }
}
