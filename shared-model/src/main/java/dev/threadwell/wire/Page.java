package dev.threadwell.wire;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One page of a list, in the API's format. */
public record Page<T>(
        String object,
        List<T> data,
        @Nullable String firstId,
        @Nullable String lastId,
        boolean hasMore) {

    /** A page of these items. */
    public static <T> Page<T> of(List<T> items, Function<T, String> id, boolean hasMore) {
        return new Page<>(
                "list",
                items,
                items.isEmpty() ? null : id.apply(items.getFirst()),
                items.isEmpty() ? null : id.apply(items.getLast()),
                hasMore);
    }

    /** This page with each item converted. */
    public Page<T> map(UnaryOperator<T> shown) {
        return new Page<>(object, data.stream().map(shown).toList(), firstId, lastId, hasMore);
    }
}
