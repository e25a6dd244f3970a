package dev.threadwell.runworker.turn.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The code interpreter. Clients see the code while the model writes it, and then its output. */
final class CodeInterpreterTool implements BuiltInTool {

    private static final String DESCRIPTION =
            """
            Executes Python code in a sandbox without a network and returns what it prints; the \
            value of an expression is returned only if it is printed. Variables are kept between \
            calls. Files that were given are at /mnt/data/<file id>. Files that the code writes to \
            /mnt/data are kept for the user: link to them as [name](sandbox:/mnt/data/name). \
            Figures of matplotlib are shown to the user by plt.show().""";

    private static final String PARAMETER = "code";

    @Override
    public ToolKind kind() {
        return ToolKind.CODE_INTERPRETER;
    }

    @Override
    public Map<String, Object> function(Tool definition, String name) {
        return FunctionSchema.of(
                name, DESCRIPTION, PARAMETER, "The Python code, with line breaks.");
    }

    @Override
    public WrittenCall begin(Tool definition, IntSupplier numbers) {
        return new Written();
    }

    @Override
    public CallView view(StepDetails.ToolCall call) {
        return new View(((StepDetails.CodeInterpreterCall) call).codeInterpreter());
    }

    @Override
    public boolean takesBareArgument() {
        return true;
    }

    @Override
    public boolean showsOutput(JsonNode call) {
        return !call.path(kind().name()).path("outputs").isEmpty();
    }

    private static final class Written implements WrittenCall {

        private final CodeArguments arguments = new CodeArguments();

        @Override
        public ToolKind kind() {
            return ToolKind.CODE_INTERPRETER;
        }

        @Override
        public String begins() {
            return "{\"input\":\"\",\"outputs\":[]}";
        }

        @Override
        public @Nullable String takes(String piece) {
            return input(arguments.take(piece));
        }

        @Override
        public @Nullable String ends() {
            return input(arguments.rest());
        }

        private static @Nullable String input(String code) {
            return code.isEmpty() ? null : "{\"input\":" + Json.compact(code) + "}";
        }

        @Override
        public StepDetails.CodeInterpreterCall call(String id, String name, String written) {
            return new StepDetails.CodeInterpreterCall(
                    id, StepDetails.Code.written(arguments.code()));
        }
    }

    private record View(StepDetails.Code code) implements CallView {

        private static final int MOST_LOGS = 32 * 1024;
        private static final String CUT = "\n[…]\n";

        @Override
        public String arguments() {
            return Json.compact(Map.of(PARAMETER, code.input()));
        }

        @Override
        public String parameter() {
            return PARAMETER;
        }

        /** The note, the logs, the images and the files of the call, as text for the model. */
        @Override
        public String text() {
            List<String> told = new ArrayList<>();
            add(code.note(), told);
            add(cut(logs()), told);
            for (String image : images()) {
                told.add("The user is shown the image " + image + ".");
            }
            for (ToolOutput.MadeFile file : files()) {
                told.add("File written: [%s](sandbox:%s)".formatted(name(file), file.path()));
            }
            return told.isEmpty() ? "The code printed nothing." : String.join("\n", told);
        }

        private static void add(@Nullable String text, List<String> told) {
            if (text != null && !text.isBlank()) {
                told.add(text);
            }
        }

        private String logs() {
            StringBuilder logs = new StringBuilder();
            for (Map<String, Object> output : put()) {
                if (output.get("logs") instanceof String text) {
                    logs.append(text);
                }
            }
            return logs.toString();
        }

        /**
         * Truncates long logs in the middle: the beginning and the end are the informative parts.
         */
        private static String cut(String logs) {
            return logs.length() <= MOST_LOGS
                    ? logs
                    : logs.substring(0, MOST_LOGS / 2)
                            + CUT
                            + logs.substring(logs.length() - MOST_LOGS / 2);
        }

        private List<Map<String, Object>> put() {
            return code.outputs() == null ? List.of() : code.outputs();
        }

        private List<String> images() {
            List<String> images = new ArrayList<>();
            for (Map<String, Object> output : put()) {
                if (output.get("image") instanceof Map<?, ?> image) {
                    images.add(String.valueOf(image.get("file_id")));
                }
            }
            return images;
        }

        private List<ToolOutput.MadeFile> files() {
            return code.files() == null ? List.of() : code.files();
        }

        private static String name(ToolOutput.MadeFile file) {
            return file.path().substring(file.path().lastIndexOf('/') + 1);
        }

        @Override
        public List<String> outputs() {
            List<String> deltas = new ArrayList<>();
            for (Map<String, Object> output : put()) {
                Map<String, Object> indexed = new LinkedHashMap<>();
                indexed.put("index", deltas.size());
                indexed.putAll(output);
                deltas.add("{\"outputs\":" + Json.compact(List.of(indexed)) + "}");
            }
            return deltas;
        }

        @Override
        public void collect(SourceCollector sources) {
            files().forEach(file -> sources.made(file.path(), file.fileId()));
            images().forEach(sources::drawn);
        }
    }
}
