package dev.threadwell.run;

import dev.threadwell.assistant.ToolKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run did in one step. */
public sealed interface StepDetails {

    /** It wrote a message. */
    record MessageCreation(Created messageCreation) implements StepDetails {}

    /**
     * It called tools.
     *
     * @param providerFields what the model's provider wants back with the calls; stored, and never
     *     shown
     */
    record ToolCalls(List<ToolCall> toolCalls, @Nullable ProviderFields providerFields)
            implements StepDetails {

        public ToolCalls(List<ToolCall> toolCalls) {
            this(toolCalls, null);
        }

        /** The same calls after some of them were answered. */
        public ToolCalls with(List<ToolCall> calls) {
            return new ToolCalls(calls, providerFields);
        }

        ToolCalls shown(boolean contents) {
            return new ToolCalls(toolCalls.stream().map(call -> call.shown(contents)).toList());
        }
    }

    /**
     * Fields that a provider sends along with tool calls and wants back when it is told of them,
     * such as the model's reasoning and its signatures.
     *
     * @param message fields of the message that made the calls
     * @param calls fields of single calls, by the ids of the calls
     */
    record ProviderFields(Map<String, Object> message, Map<String, Map<String, Object>> calls) {}

    /** The message that a step wrote. */
    record Created(String messageId) {}

    /** One call of a tool, with its output once there is one. */
    sealed interface ToolCall {

        /** The id by which the model knows the call. */
        String id();

        /** The kind of tool that is called. */
        ToolKind kind();

        /** The name of the kind, as JSON shows it. */
        default String type() {
            return kind().name();
        }

        /** Whether nothing more is awaited for this call. */
        boolean answered();

        /** This call with what came of it; a text in place of a result is for the model alone. */
        ToolCall answeredWith(ToolOutput output);

        /**
         * This call as clients see it: without what is stored for the model alone, and with an
         * empty list where nothing has come of it.
         *
         * @param contents whether the content of what file search found is shown
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

    /** A function's name, arguments (JSON text as the model wrote it) and output. */
    record Function(String name, String arguments, @Nullable String output) {}

    /**
     * A call of the code interpreter; {@code outputs} is null in the store until it has answered.
     */
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
     * The code and what it put out.
     *
     * @param files that it left behind; stored, and never shown
     * @param note what only the model is told; stored, and never shown
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

    /** A call of file search; {@code results} is null in the store until it has answered. */
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
     * How it searched and what it found.
     *
     * @param arguments a JSON text, as the model wrote it; stored, and never shown
     * @param note what only the model is told; stored, and never shown
     * @param number the first one in the markers by which the model cites its results; stored, and
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
     * A call of a built-in tool that needs no type of its own here. In JSON: {@code
     * {"id":"call_1","type":"echo","echo":{…}}}.
     *
     * @param details what clients see: as the call began, and what its result has added
     * @param arguments a JSON text, as the model wrote it; stored, and never shown
     * @param result null until it has answered; stored, and never shown
     */
    record GenericCall(
            String id,
            ToolKind kind,
            Map<String, Object> details,
            @Nullable String arguments,
            ToolOutput.@Nullable Result result)
            implements ToolCall {

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
            return new GenericCall(id, kind, after, arguments, came);
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
