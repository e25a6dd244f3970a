package dev.threadwell.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run did in one step. */
public sealed interface StepDetails {

    /** It wrote a message. */
    record MessageCreation(Created messageCreation) implements StepDetails {}

    /** It called tools. */
    record ToolCalls(List<ToolCall> toolCalls) implements StepDetails {

        /** These calls without the content of what file search found. */
        ToolCalls withoutContents() {
            return new ToolCalls(
                    toolCalls.stream()
                            .map(
                                    call ->
                                            call instanceof FileSearchCall search
                                                    ? search.withoutContents()
                                                    : call)
                            .toList());
        }
    }

    /** The message that a step wrote. */
    record Created(String messageId) {}

    /** One call of a tool, with its output once there is one. */
    sealed interface ToolCall {

        /** The id by which the model knows the call. */
        String id();

        /** The tool's name in the API. */
        String type();

        /** Whether nothing more is awaited for this call. */
        boolean answered();
    }

    /** A call of the client's function. */
    record FunctionCall(String id, Function function) implements ToolCall {

        @Override
        public String type() {
            return "function";
        }

        @Override
        public boolean answered() {
            return function.output() != null;
        }

        /** This call with its output. */
        public FunctionCall answeredWith(String output) {
            return new FunctionCall(
                    id, new Function(function.name(), function.arguments(), output));
        }
    }

    /** A function's name, arguments (JSON text as the model wrote it) and output. */
    record Function(String name, String arguments, @Nullable String output) {}

    /**
     * A call of the code interpreter; {@code outputs} is null in the store until it has answered.
     */
    record CodeInterpreterCall(String id, Code codeInterpreter) implements ToolCall {

        @Override
        public String type() {
            return "code_interpreter";
        }

        @Override
        public boolean answered() {
            return codeInterpreter.outputs() != null;
        }
    }

    /** The code and what it put out. */
    record Code(String input, @Nullable List<Map<String, Object>> outputs) {}

    /** A call of file search; {@code results} is null in the store until it has answered. */
    record FileSearchCall(String id, Search fileSearch) implements ToolCall {

        @Override
        public String type() {
            return "file_search";
        }

        @Override
        public boolean answered() {
            return fileSearch.results() != null;
        }

        private FileSearchCall withoutContents() {
            List<Map<String, Object>> found = fileSearch.results();
            return found == null
                    ? this
                    : new FileSearchCall(
                            id,
                            new Search(
                                    fileSearch.rankingOptions(),
                                    found.stream().map(FileSearchCall::withoutContent).toList()));
        }

        private static Map<String, Object> withoutContent(Map<String, Object> result) {
            Map<String, Object> shown = new LinkedHashMap<>(result);
            shown.remove("content");
            return shown;
        }
    }

    /** How it searched and what it found. */
    record Search(
            Map<String, Object> rankingOptions, @Nullable List<Map<String, Object>> results) {}
}
