package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.json.Json;
import dev.threadwell.simulator.request.ChatMessage;
import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.OfferedFunction;
import dev.threadwell.simulator.request.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the script calls a code interpreter and a file search, when they are offered by these names:
 * with code that answers what was asked, and with the question.
 */
final class BuiltInCalls {

    private static final String CODE_INTERPRETER = "code_interpreter";
    private static final String FILE_SEARCH = "file_search";
    private static final Pattern FILE = Pattern.compile("(?m)^/mnt/data/(\\S+) is (.+)$");
    private static final Pattern QUESTION =
            Pattern.compile(
                    "[?？]|\\b(what|which|who|when|where|how|why|files?|document|find|search)\\b"
                            + "|[哪谁吗]|什么|如何|怎",
                    Pattern.CASE_INSENSITIVE);

    private BuiltInCalls() {}

    static boolean isBuiltIn(OfferedFunction function) {
        return isCode(function) || isSearch(function);
    }

    private static boolean isCode(OfferedFunction function) {
        return function.name().startsWith(CODE_INTERPRETER)
                && function.schema().at("/properties/code").isObject();
    }

    private static boolean isSearch(OfferedFunction function) {
        return function.name().startsWith(FILE_SEARCH)
                && function.schema().at("/properties/query").isObject();
    }

    /** The call of this function, if it has something to do with what was said. */
    static Optional<ToolCall> call(ChatRequest request, OfferedFunction function, String said) {
        if (isCode(function)) {
            return PythonCode.answering(said, files(request))
                    .map(code -> call(function, "code", code));
        }
        return QUESTION.matcher(said).find()
                ? Optional.of(call(function, "query", said))
                : Optional.empty();
    }

    /** A call of this function, whatever was said. */
    static ToolCall demanded(OfferedFunction function, String said) {
        return isCode(function)
                ? call(function, "code", "print(\"Hello from Python\")\n")
                : call(function, "query", said);
    }

    private static ToolCall call(OfferedFunction function, String parameter, String argument) {
        return new ToolCall(
                Ids.next("call_"),
                function.name(),
                Json.text(Json.object().put(parameter, argument)));
    }

    /** The files that the prompt names, in their order. */
    private static List<PythonCode.File> files(ChatRequest request) {
        List<PythonCode.File> files = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            Matcher named = FILE.matcher(message.text());
            while (named.find()) {
                files.add(new PythonCode.File("/mnt/data/" + named.group(1), named.group(2)));
            }
        }
        return files;
    }
}
