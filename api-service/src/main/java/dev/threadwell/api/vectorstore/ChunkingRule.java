package dev.threadwell.api.vectorstore;

import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.byType;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.vectorstore.ChunkingStrategy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The validation rule of {@code chunking_strategy}: chunks overlap by half of their size at most.
 */
final class ChunkingRule implements Rule {

    private static final String STATIC = "static";
    private static final String SIZE = "max_chunk_size_tokens";
    private static final String OVERLAP = "chunk_overlap_tokens";

    private static final Rule SHAPE = byType(types());

    private static Map<String, ObjectRule> types() {
        Rule type = oneOf("auto", STATIC);
        Map<String, ObjectRule> types = new LinkedHashMap<>();
        types.put("auto", object(required("type", type)));
        types.put(
                STATIC,
                object(
                        required("type", type),
                        required(
                                STATIC,
                                object(
                                        required(SIZE, between(100, 4096)),
                                        required(OVERLAP, between(0, 4096))))));
        return types;
    }

    @Override
    public boolean meets(JsonNode value) {
        return SHAPE.meets(value);
    }

    @Override
    public String expected() {
        return SHAPE.expected();
    }

    @Override
    public void check(Pass pass, String path, JsonNode value) {
        SHAPE.check(pass, path, value);
        JsonNode sizes = value.path(STATIC);
        if (pass == Pass.INVALID && sizes.isObject()) {
            int most = sizes.path(SIZE).intValue() / 2;
            int overlap = sizes.path(OVERLAP).intValue();
            if (overlap > most) {
                throw ValidationErrors.above(
                        path + "." + STATIC + "." + OVERLAP,
                        "integer",
                        Integer.toString(most),
                        Integer.toString(overlap));
            }
        }
    }

    /** The strategy that a valid body requests. */
    static ChunkingStrategy of(@Nullable Body strategy) {
        Body sizes = strategy == null ? null : strategy.object(STATIC);
        if (sizes == null) {
            return ChunkingStrategy.AUTO;
        }
        return new ChunkingStrategy.Static(
                new ChunkingStrategy.Sizes(number(sizes, SIZE), number(sizes, OVERLAP)));
    }

    private static int number(Body sizes, String name) {
        return java.util.Objects.requireNonNull(sizes.integer(name), name);
    }
}
