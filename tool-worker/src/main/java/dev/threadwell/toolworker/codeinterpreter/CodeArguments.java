package dev.threadwell.toolworker.codeinterpreter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.util.List;

/** Finds the code in the arguments of a call, which models write in more ways than one. */
final class CodeArguments {

    private static final List<String> NAMES = List.of("code", "input");

    private CodeArguments() {}

    /** The code: of an object its {@code code}, and what is no JSON is code itself. */
    static String code(String arguments) {
        JsonNode read = read(arguments);
        if (read.isTextual()) {
            return read.textValue();
        }
        for (String name : NAMES) {
            if (read.path(name).isTextual()) {
                return read.path(name).textValue();
            }
        }
        return arguments;
    }

    private static JsonNode read(String arguments) {
        try {
            return Json.read(arguments, JsonNode.class);
        } catch (RuntimeException e) {
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        }
    }
}
