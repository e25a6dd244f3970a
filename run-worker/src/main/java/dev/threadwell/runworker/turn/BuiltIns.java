package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tools of the API as functions, for that is what providers know; each under its own name,
 * unless a function of the client has that already.
 *
 * @param code the name of the code interpreter
 * @param search the name of file search
 */
record BuiltIns(String code, String search) {

    private static final String CODE_INTERPRETER = "code_interpreter";
    private static final String FILE_SEARCH = "file_search";

    private static final String CODE_TOLD =
            """
            Executes Python code in a sandbox without a network and returns what it prints; the \
            value of an expression is returned only if it is printed. Variables are kept between \
            calls. Files that were given are at /mnt/data/<file id>. Files that the code writes to \
            /mnt/data are kept for the user: link to them as [name](sandbox:/mnt/data/name). \
            Figures of matplotlib are shown to the user by plt.show().""";

    private static final String SEARCH_TOLD =
            """
            Searches the files that were given and returns the passages that fit best, each with a \
            marker such as 【4:0†name.txt】. Put the marker, exactly as it is, behind every \
            statement that rests on the passage.""";

    static BuiltIns of(Run run) {
        Set<String> taken =
                run.tools().stream()
                        .filter(Tool.Function.class::isInstance)
                        .map(tool -> ((Tool.Function) tool).function().name())
                        .collect(Collectors.toSet());
        return new BuiltIns(free(CODE_INTERPRETER, taken), free(FILE_SEARCH, taken));
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    /** The tool as a provider is offered it. */
    Map<String, Object> offered(Tool tool) {
        return switch (tool) {
            case Tool.CodeInterpreter _ ->
                    offer(function(code, CODE_TOLD, "code", "The Python code, with line breaks."));
            case Tool.FileSearch _ ->
                    offer(function(search, SEARCH_TOLD, "query", "What is searched for."));
            case Tool.Function(var function, var _) -> offer(function);
            case Tool.Mcp _ ->
                    throw new IllegalArgumentException("its functions are offered in its place");
        };
    }

    private static Map<String, Object> offer(Object function) {
        Map<String, Object> offer = new LinkedHashMap<>();
        offer.put("type", "function");
        offer.put("function", function);
        return offer;
    }

    private static Map<String, Object> function(
            String name, String description, String parameter, String told) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "string");
        text.put("description", told);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", Map.of(parameter, text));
        schema.put("required", List.of(parameter));
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("description", description);
        function.put("parameters", schema);
        return function;
    }

    /** What a provider is told of this choice, if it demands that a tool is called. */
    @Nullable Object demand(Object choice) {
        if (choice.equals("required")) {
            return choice;
        }
        return choice instanceof Map<?, ?> named
                ? switch (String.valueOf(named.get("type"))) {
                    case "function" -> choice;
                    case CODE_INTERPRETER -> offer(Map.of("name", code));
                    case FILE_SEARCH -> offer(Map.of("name", search));
                    default -> null;
                }
                : null;
    }
}
