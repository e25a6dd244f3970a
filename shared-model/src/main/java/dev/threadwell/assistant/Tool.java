package dev.threadwell.assistant;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool of an assistant or a run, in the normalised form in which the API stores and echoes it.
 */
public sealed interface Tool {

    /** Runs Python code. */
    record CodeInterpreter() implements Tool {}

    /** Searches the files of the attached vector stores. */
    record FileSearch(Options fileSearch) implements Tool {}

    /**
     * A function of the client: the run stops in {@code requires_action} until its output is
     * submitted.
     */
    record Function(Definition function) implements Tool {}

    /**
     * The options of a file search.
     *
     * @param maxNumResults left out of the JSON when it was not given
     */
    record Options(@Nullable Integer maxNumResults, Ranking rankingOptions) {}

    /** How file search ranks its results. */
    record Ranking(String ranker, double scoreThreshold, @Nullable Object hybridSearch) {}

    /**
     * What a model is told of a function.
     *
     * @param description left out of the JSON when it was not given
     * @param parameters a JSON schema
     */
    record Definition(
            String name,
            @Nullable String description,
            Map<String, Object> parameters,
            boolean strict) {}
}
