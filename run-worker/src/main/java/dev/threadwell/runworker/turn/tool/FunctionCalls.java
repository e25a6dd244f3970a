package dev.threadwell.runworker.turn.tool;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import dev.threadwell.wire.Json;

/**
 * Calls of functions: the client's own, bound ones and those of MCP servers. They are not built-in
 * tools, because each function has its own name, schema and arguments.
 */
public final class FunctionCalls {

    private FunctionCalls() {}

    /** The parser of a call that the model begins to write. */
    public static WrittenCall begin(String name) {
        return new Written(name);
    }

    static CallView view(StepDetails.FunctionCall call) {
        return new View(call.function());
    }

    private record Written(String name) implements WrittenCall {

        @Override
        public ToolKind kind() {
            return ToolKind.FUNCTION;
        }

        @Override
        public String begins() {
            return "{\"name\":" + Json.compact(name) + ",\"arguments\":\"\",\"output\":null}";
        }

        @Override
        public String takes(String piece) {
            return "{\"arguments\":" + Json.compact(piece) + "}";
        }

        @Override
        public StepDetails.FunctionCall call(String id, String now, String arguments) {
            return new StepDetails.FunctionCall(id, new StepDetails.Function(now, arguments, null));
        }
    }

    private record View(StepDetails.Function function) implements CallView {

        @Override
        public String arguments() {
            return function.arguments();
        }

        @Override
        public String parameter() {
            return "arguments";
        }

        @Override
        public String text() {
            return function.output() == null ? "" : function.output();
        }
    }
}
