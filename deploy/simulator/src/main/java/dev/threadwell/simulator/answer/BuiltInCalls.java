package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.ChatMessage;
import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.OfferedFunction;
import dev.threadwell.simulator.request.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the script calls built-in tools when they are offered by their names: a code interpreter with
 * code that answers what was asked, a search or a reader of pictures with the question, image
 * generation with what was said.
 */
final class BuiltInCalls {

    private static final Pattern FILE = Pattern.compile("(?m)^/mnt/data/(\\S+) is (.+)$");
    private static final Pattern QUESTION =
            Pattern.compile(
                    "[?？]|\\b(what|which|who|when|where|how|why|files?|document|find|search)\\b"
                            + "|[哪谁吗]|什么|如何|怎",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern PICTURE =
            Pattern.compile(
                    "\\b(describe|pictures?|images?|photos?|screenshots?|drawings?)\\b"
                            + "|图|照片|截屏|这幅画|这张画|描述",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern PICTURE_NAME = Pattern.compile("\\[picture [^\\]\n]*]");

    private static final Pattern DESCRIBES =
            Pattern.compile("\\b(describe|extract|read)\\b|描述|识别", Pattern.CASE_INSENSITIVE);

    /** Who wants a picture made does not ask about one, unless one is to be described as well. */
    private static final Pattern DRAWING =
            Pattern.compile(
                    "\\b(draw|paint|sketch|generate|create|make)\\b|画[一个张只]|绘|生成",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_THE_WEB =
            Pattern.compile(
                    "\\b(web|internet|online|news|today|tomorrow|tides?|weather|search)\\b"
                            + "|今天|明天|新闻|天气|搜索|网上",
                    Pattern.CASE_INSENSITIVE);

    /**
     * How one tool is called.
     *
     * @param name with which the name of its function begins
     * @param parameter its one argument
     * @param answering the argument with which it is called, if it has something to do with what
     *     was said
     * @param demanded the argument with which it is called whatever was said
     * @param last whether it is called after all others, with what they have found out
     */
    private record BuiltIn(
            String name,
            String parameter,
            BiFunction<ChatRequest, String, Optional<String>> answering,
            UnaryOperator<String> demanded,
            boolean last) {

        BuiltIn(
                String name,
                String parameter,
                BiFunction<ChatRequest, String, Optional<String>> answering,
                UnaryOperator<String> demanded) {
            this(name, parameter, answering, demanded, false);
        }

        boolean isOffered(OfferedFunction function) {
            return function.name().startsWith(name)
                    && function.schema().path("properties").path(parameter).isObject();
        }
    }

    private static final List<BuiltIn> TABLE =
            List.of(
                    new BuiltIn(
                            "code_interpreter",
                            "code",
                            (request, said) -> PythonCode.answering(said, files(request)),
                            _ -> "print(\"Hello from Python\")\n"),
                    new BuiltIn(
                            "file_search",
                            "query",
                            (_, said) -> Optional.of(said).filter(QUESTION.asPredicate()),
                            said -> said),
                    new BuiltIn(
                            "image_to_text",
                            "question",
                            (_, said) ->
                                    Optional.of(said)
                                            .filter(PICTURE.asPredicate())
                                            .filter(BuiltInCalls::isAboutGivenPicture)
                                            .map(BuiltInCalls::aboutPicture),
                            BuiltInCalls::aboutPicture),
                    new BuiltIn(
                            "web_search",
                            "query",
                            (_, said) -> Optional.of(said).filter(OF_THE_WEB.asPredicate()),
                            said -> said),
                    new BuiltIn(
                            "image_generation", "prompt", DrawingPrompt::of, said -> said, true),
                    new BuiltIn("text_to_image", "prompt", DrawingPrompt::of, said -> said, true));

    private BuiltInCalls() {}

    static boolean isBuiltIn(OfferedFunction function) {
        return builtIn(function).isPresent();
    }

    private static Optional<BuiltIn> builtIn(OfferedFunction function) {
        return TABLE.stream().filter(one -> one.isOffered(function)).findFirst();
    }

    /** The call of this function, if it has something to do with what was said. */
    static Optional<ToolCall> call(ChatRequest request, OfferedFunction function, String said) {
        return builtIn(function)
                .flatMap(
                        one ->
                                one.answering()
                                        .apply(request, said)
                                        .map(text -> call(function, one.parameter(), text)));
    }

    /** Whether this function is called after all others. */
    static boolean isLast(OfferedFunction function) {
        return builtIn(function).filter(BuiltIn::last).isPresent();
    }

    /** A call of this function, whatever was said. */
    static ToolCall demanded(OfferedFunction function, String said) {
        BuiltIn one = builtIn(function).orElseThrow();
        return call(function, one.parameter(), one.demanded().apply(said));
    }

    private static ToolCall call(OfferedFunction function, String parameter, String argument) {
        return new ToolCall(
                SimulatedIds.next("call_"),
                function.name(),
                SimulatorJson.text(SimulatorJson.object().put(parameter, argument)));
    }

    /** Whether there is a picture to read, and not only one to be drawn. */
    private static boolean isAboutGivenPicture(String said) {
        return PICTURE_NAME.matcher(said).find()
                || DESCRIBES.matcher(said).find()
                || !DRAWING.matcher(said).find();
    }

    /** The question about a picture, without the names of pictures that the prompt tells. */
    private static String aboutPicture(String said) {
        String question = PICTURE_NAME.matcher(said).replaceAll("").strip();
        return question.isEmpty() ? "What is in the picture?" : question;
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
