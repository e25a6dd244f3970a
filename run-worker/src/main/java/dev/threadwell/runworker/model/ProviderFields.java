package dev.threadwell.runworker.model;

import dev.threadwell.runworker.text.WholeCharacters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the fields that a provider expects back from their pieces. The size is bounded: beyond
 * the limit a text is truncated, and structured fields are dropped.
 */
final class ProviderFields {

    /** The limit in characters, for each text and for all structured fields together. */
    static final int LONGEST_TEXT = 256 * 1024;

    private static final int MOST_ITEMS = 4_096;
    private static final int DEEPEST = 32;

    /** Members that are concatenated when they arrive in several items of the same type. */
    private static final List<String> TEXTS = List.of("text", "thinking", "summary");

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private int size;

    void add(Map<String, Object> pieces) {
        pieces.forEach(this::add);
    }

    private void add(String name, Object piece) {
        if (piece instanceof String text) {
            StringBuilder so = texts.computeIfAbsent(name, ignored -> new StringBuilder());
            so.append(text, 0, Math.min(text.length(), LONGEST_TEXT - so.length()));
            return;
        }
        if (size <= LONGEST_TEXT) {
            size += sizeOf(piece, 0);
        }
        if (size <= LONGEST_TEXT) {
            fields.merge(name, piece, ProviderFields::merged);
        }
    }

    /** Merges in place, because there can be as many pieces as tokens. */
    @SuppressWarnings("unchecked")
    private static Object merged(Object before, Object piece) {
        if (before instanceof List<?> items && piece instanceof List<?> more) {
            more.forEach(item -> join((List<Object>) items, item));
            return before;
        }
        if (before instanceof Map<?, ?> members && piece instanceof Map<?, ?> more) {
            more.forEach(
                    (name, value) -> {
                        if (value != null) {
                            ((Map<Object, Object>) members)
                                    .merge(name, value, ProviderFields::merged);
                        }
                    });
            return before;
        }
        return piece;
    }

    @SuppressWarnings("unchecked")
    private static void join(List<Object> items, Object item) {
        if (!items.isEmpty()
                && items.getLast() instanceof Map<?, ?> begun
                && item instanceof Map<?, ?> next
                && goesOn(begun, next)) {
            next.forEach((name, value) -> goOn((Map<Object, Object>) begun, name, value));
        } else if (items.size() < MOST_ITEMS) {
            items.add(item);
        }
    }

    /**
     * Whether the next item continues the previous one: it has the same type and index and a text
     * or a signature, and the previous one has no signature yet.
     */
    private static boolean goesOn(Map<?, ?> begun, Map<?, ?> next) {
        return Objects.equals(begun.get("type"), next.get("type"))
                && Objects.equals(begun.get("index"), next.get("index"))
                && !isGiven(begun.get("signature"))
                && TEXTS.stream().anyMatch(begun::containsKey)
                && (TEXTS.stream().anyMatch(next::containsKey) || isGiven(next.get("signature")));
    }

    private static boolean isGiven(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty();
    }

    private static void goOn(Map<Object, Object> item, Object name, @Nullable Object value) {
        if (!TEXTS.contains(String.valueOf(name)) || !(value instanceof String piece)) {
            if (value != null) {
                item.put(name, value);
            }
        } else if (item.get(name) instanceof StringBuilder text) {
            text.append(piece);
        } else {
            Object before = item.get(name);
            item.put(
                    name,
                    new StringBuilder(before instanceof String text ? text : "").append(piece));
        }
    }

    /** All assembled fields. */
    Map<String, Object> whole() {
        Map<String, Object> whole = new LinkedHashMap<>();
        texts.forEach((name, text) -> whole.put(name, WholeCharacters.of(text.toString())));
        if (size <= LONGEST_TEXT) {
            fields.forEach((name, value) -> whole.put(name, withoutHalves(value)));
        }
        return whole;
    }

    /** The fields with unpaired surrogates replaced. */
    static Map<String, Object> withoutHalves(Map<String, Object> fields) {
        Map<String, Object> whole = new LinkedHashMap<>();
        fields.forEach((name, value) -> whole.put(name, withoutHalves(value)));
        return whole;
    }

    /** The approximate size in characters; a value with too deep nesting counts as too large. */
    static int sizeOf(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            return LONGEST_TEXT + 1;
        }
        long size =
                switch (value) {
                    case String text -> text.length() + 2L;
                    case List<?> items ->
                            items.stream().mapToLong(item -> sizeOf(item, depth + 1)).sum() + 2;
                    case Map<?, ?> members ->
                            members.entrySet().stream()
                                            .mapToLong(
                                                    member ->
                                                            String.valueOf(member.getKey()).length()
                                                                    + 4L
                                                                    + sizeOf(
                                                                            member.getValue(),
                                                                            depth + 1))
                                            .sum()
                                    + 2;
                    case null -> 4L;
                    default -> String.valueOf(value).length();
                };
        return (int) Math.min(size, LONGEST_TEXT + 1);
    }

    private static Object withoutHalves(Object value) {
        return switch (value) {
            case CharSequence text -> WholeCharacters.of(text.toString());
            case List<?> items -> items.stream().map(ProviderFields::orNull).toList();
            case Map<?, ?> members -> {
                Map<Object, @Nullable Object> whole = new LinkedHashMap<>();
                members.forEach((name, member) -> whole.put(name, orNull(member)));
                yield whole;
            }
            default -> value;
        };
    }

    private static @Nullable Object orNull(@Nullable Object value) {
        return value == null ? null : withoutHalves(value);
    }
}
