package dev.threadwell.runworker.turn.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions as chat completions describe them. */
final class FunctionSchema {

    private FunctionSchema() {}

    /** A function with one argument, a text. */
    static Map<String, Object> of(
            String name, String description, String parameter, String described) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "string");
        text.put("description", described);
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
}
