package dev.threadwell.run;

import dev.threadwell.assistant.ToolKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content of a step: a message or tool calls. */
public sealed interface StepDetails {

    /** The step wrote a message. */
    record MessageCreation(Created messageCreation) implements StepDetails {}

    /**
     * The step called tools.
     *
     * @param providerFields fields that the model's provider expects back with the calls; stored,
     *     never shown
     */
    record ToolCalls(List<ToolCall> toolCalls, @Nullable ProviderFields providerFields)
            implements StepDetails {

        public ToolCalls(List<ToolCall> toolCalls) {
            this(toolCalls, null);
        }

        /** These details with other calls, e.g. after some were answered. */
        public ToolCalls with(List<ToolCall> calls) {
            return new ToolCalls(calls, providerFields);
        }

        ToolCalls shown(boolean contents) {
            return new ToolCalls(toolCalls.stream().map(call -> call.shown(contents)).toList());
        }
    }

    /**
     * Fields that a provider sends along with tool calls and expects back in later prompts, such as
     * the model's reasoning and its signatures.
     *
     * @param message fields of the message that made the calls
     * @param calls fields of single calls, by call id
     */
    record ProviderFields(Map<String, Object> message, Map<String, Map<String, Object>> calls) {}

    /** The message that a step wrote. */
    record Created(String messageId) {}

    /** A call of a tool, with its output once it is answered. */
    sealed interface ToolCall {

        /** The id of the call, as the model uses it. */
        String id();

        /** The kind of the called tool. */
        ToolKind kind();

        /** The name of the kind, in JSON. */
        default String type() {
            return kind().name();
        }

        /** Whether the call has been answered. */
        boolean answered();

        /** This call with its output; a text instead of a result is shown only to the model. */
        ToolCall answeredWith(ToolOutput output);

        /**
         * This call as clients see it: without the parts that are stored only for the model, and
         * with an empty list if it has no output yet.
         *
         * @param contents whether the content of file search results is shown
         */
        ToolCall shown(boolean contents);
    }

    /** A call of the client's function. */
    record FunctionCall(String id, Function function) implements ToolCall {

        @Override
        public ToolKind kind() {
            return ToolKind.FUNCTION;
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

        @Override
        public FunctionCall answeredWith(ToolOutput output) {
            return answeredWith(text(output));
        }

        @Override
        public FunctionCall shown(boolean contents) {
            return this;
        }
    }

    /** A function's name, arguments (the JSON text of the model) and output. */
    record Function(String name, String arguments, @Nullable String output) {}

    /** A call of the code interpreter; the stored {@code outputs} is null until it is answered. */
    record CodeInterpreterCall(String id, Code codeInterpreter) implements ToolCall {

        @Override
        public ToolKind kind() {
            return ToolKind.CODE_INTERPRETER;
        }

        @Override
        public boolean answered() {
            return codeInterpreter.outputs() != null;
        }

        @Override
        public CodeInterpreterCall answeredWith(ToolOutput output) {
            String input = codeInterpreter.input();
            return new CodeInterpreterCall(
                    id,
                    output instanceof ToolOutput.Code(var outputs, var files, var note)
                            ? new Code(input, outputs, files, note)
                            : new Code(input, List.of(), List.of(), text(output)));
        }

        @Override
        public CodeInterpreterCall shown(boolean contents) {
            return new CodeInterpreterCall(
                    id,
                    new Code(
                            codeInterpreter.input(),
                            orNone(codeInterpreter.outputs()),
                            null,
                            null));
        }
    }

    /**
     * The code and its output.
     *
     * @param files files that the code has created; stored, never shown
     * @param note a text only for the model; stored, never shown
     */
    record Code(
            String input,
            @Nullable List<Map<String, Object>> outputs,
            @Nullable List<ToolOutput.MadeFile> files,
            @Nullable String note) {

        /** Code that has not been executed yet. */
        public static Code written(String input) {
            return new Code(input, null, null, null);
        }
    }

    /** A call of file search; the stored {@code results} is null until it is answered. */
    record FileSearchCall(String id, Search fileSearch) implements ToolCall {

        @Override
        public ToolKind kind() {
            return ToolKind.FILE_SEARCH;
        }

        @Override
        public boolean answered() {
            return fileSearch.results() != null;
        }

        @Override
        public FileSearchCall answeredWith(ToolOutput output) {
            return new FileSearchCall(
                    id,
                    output instanceof ToolOutput.Found(var ranking, var results)
                            ? fileSearch.with(ranking, results, null)
                            : fileSearch.with(
                                    fileSearch.rankingOptions(), List.of(), text(output)));
        }

        @Override
        public FileSearchCall shown(boolean contents) {
            List<Map<String, Object>> found = orNone(fileSearch.results());
            return new FileSearchCall(
                    id,
                    new Search(
                            fileSearch.rankingOptions(),
                            contents
                                    ? found
                                    : found.stream().map(FileSearchCall::withoutContent).toList(),
                            null,
                            null,
                            null));
        }

        private static Map<String, Object> withoutContent(Map<String, Object> result) {
            Map<String, Object> shown = new LinkedHashMap<>(result);
            shown.remove("content");
            return shown;
        }
    }

    /**
     * The options and the results of a search.
     *
     * @param arguments the JSON text of the model; stored, never shown
     * @param note a text only for the model; stored, never shown
     * @param number the first number in the markers with which the model cites the results; stored,
     *     never shown
     */
    record Search(
            Map<String, Object> rankingOptions,
            @Nullable List<Map<String, Object>> results,
            @Nullable String arguments,
            @Nullable String note,
            @Nullable Integer number) {

        /** A search that has not been executed yet. */
        public static Search asked(Map<String, Object> ranking, String arguments, int number) {
            return new Search(ranking, null, arguments, null, number);
        }

        private Search with(
                Map<String, Object> ranking,
                List<Map<String, Object>> found,
                @Nullable String said) {
            return new Search(ranking, found, arguments, said, number);
        }
    }

    /**
     * A call of a built-in tool without a type of its own. In JSON: {@code
     * {"id":"call_1","type":"echo","echo":{…}}}.
     *
     * @param details the members that clients see: those from the beginning of the call, and those
     *     that the result has added
     * @param arguments the JSON text of the model; stored, never shown
     * @param result null until the call is answered; stored, never shown
     * @param number the first number in the markers with which the model cites the results; null if
     *     they cannot be cited; stored, never shown
     */
    record GenericCall(
            String id,
            ToolKind kind,
            Map<String, Object> details,
            @Nullable String arguments,
            ToolOutput.@Nullable Result result,
            @Nullable Integer number)
            implements ToolCall {

        /** A call whose results cannot be cited. */
        public GenericCall(
                String id,
                ToolKind kind,
                Map<String, Object> details,
                @Nullable String arguments,
                ToolOutput.@Nullable Result result) {
            this(id, kind, details, arguments, result, null);
        }

        @Override
        public boolean answered() {
            return result != null;
        }

        @Override
        public GenericCall answeredWith(ToolOutput output) {
            ToolOutput.Result came =
                    output instanceof ToolOutput.Result given
                            ? given
                            : ToolOutput.Result.of(text(output));
            Map<String, Object> after = new LinkedHashMap<>(details);
            after.putAll(came.details());
            return new GenericCall(id, kind, after, arguments, came, number);
        }

        @Override
        public GenericCall shown(boolean contents) {
            return new GenericCall(id, kind, details, null, null);
        }
    }

    private static List<Map<String, Object>> orNone(@Nullable List<Map<String, Object>> list) {
        return list == null ? List.of() : list;
    }

    private static String text(ToolOutput output) {
        return switch (output) {
            case ToolOutput.Text(var text) -> text;
            case ToolOutput.Failed(var error) -> error.message();
            case ToolOutput.Code code -> String.valueOf(code.note());
            case ToolOutput.Found _ -> "";
            case ToolOutput.Result(_, var text, _, _) -> text;
        };
    }
}
