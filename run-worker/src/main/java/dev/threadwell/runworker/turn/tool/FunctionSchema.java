package dev.threadwell.runworker.turn.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds function definitions for chat completions. */
final class FunctionSchema {

    private FunctionSchema() {}

    /** A function with one required string argument. */
    static Map<String, Object> of(
            String name, String description, String parameter, String described) {
        return of(name, description, parameter, described, Map.of());
    }

    /**
     * A function with one required string argument and more that the model may leave out.
     *
     * @param optional the JSON schemas of the other arguments, by their names
     */
    static Map<String, Object> of(
            String name,
            String description,
            String parameter,
            String described,
            Map<String, Map<String, Object>> optional) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "string");
        text.put("description", described);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(parameter, text);
        properties.putAll(optional);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.of(parameter));
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("description", description);
        function.put("parameters", schema);
        return function;
    }
}
