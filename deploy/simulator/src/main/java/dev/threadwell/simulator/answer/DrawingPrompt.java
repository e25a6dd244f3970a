package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.request.ChatMessage;
import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.Role;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** With which prompt the script has a picture made, if what was said asks for one. */
final class DrawingPrompt {

    private static final int LONGEST_QUOTE = 500;

    private static final Pattern DRAWS =
            Pattern.compile(
                    "\\b(draw|paint|sketch|illustrate|posters?|logos?)\\w*|画|绘|海报|标志",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern PICTURE =
            Pattern.compile(
                    "\\b(pictures?|images?|photos?|illustrations?)\\b|图", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAKES =
            Pattern.compile(
                    "\\b(create|generate|make|produce)\\b[^.?!]*"
                            + "\\b(pictures?|images?|photos?|illustrations?)\\b|生成",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern ASKS_ABOUT_IT =
            Pattern.compile(
                    "[?？]|\\b(what|which|who|describe|read|see|says?|text)\\b|描述|什么|识别|哪",
                    Pattern.CASE_INSENSITIVE);

    /** How the prompt mentions pictures of the thread. */
    private static final Pattern MENTION = Pattern.compile("\\[(picture|image)[^\\]\n]*]");

    private DrawingPrompt() {}

    /** What was said, and what other tools have found out since. */
    static Optional<String> of(ChatRequest request, String text) {
        String said = MENTION.matcher(text).replaceAll("").strip();
        if (!asksForPicture(said)) {
            return Optional.empty();
        }
        List<String> found =
                request.afterLastUser().stream()
                        .filter(message -> message.role() == Role.TOOL)
                        .map(ChatMessage::text)
                        .toList();
        return Optional.of(found.isEmpty() ? said : said + "\n" + quote(String.join("\n", found)));
    }

    private static boolean asksForPicture(String said) {
        return DRAWS.matcher(said).find()
                || MAKES.matcher(said).find()
                || (PICTURE.matcher(said).find() && !ASKS_ABOUT_IT.matcher(said).find());
    }

    private static String quote(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_QUOTE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }
}
