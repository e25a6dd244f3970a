package dev.threadwell.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a text of the repository refers to, and what a page can be referred to by. */
final class References {

    private static final String SECTION = "\\d{1,2}(?:\\.\\d{1,2})?";
    private static final String DECISION = "\\d{4}";

    /** "contract 7.3", "contract 7.1 and 7.2". */
    private static final Pattern CONTRACT = listAfter("[Cc]ontract", SECTION);

    /** "ADR 0002", "ADRs 0002 and 0004". */
    private static final Pattern ADR = listAfter("ADRs?", DECISION);

    /** A path of a decision, with its whole name or only its number. */
    private static final Pattern ADR_PATH = Pattern.compile("\\badr/(\\d{4}[\\w.-]*)");

    /** A link of a page to something in the repository. */
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:)([^)\\s]+)\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern NUMBERED = Pattern.compile("(?m)^#{2,3} +(" + SECTION + ")\\.? ");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");

    /** The end of a line, and what marks a comment at the beginning of the next one. */
    private static final Pattern LINE_BREAK = Pattern.compile("[ \\t]*\\n\\s*(?:\\*|//|#|--)?\\s*");

    private References() {}

    static List<String> contractSections(String text) {
        return text.contains("ontract") ? listed(CONTRACT, SECTION, text) : List.of();
    }

    static List<String> decisions(String text) {
        List<String> found = new ArrayList<>();
        if (text.contains("ADR")) {
            found.addAll(listed(ADR, DECISION, text));
        }
        each(ADR_PATH, text, path -> found.add(path.group(1)));
        return found;
    }

    static List<String> links(String page) {
        List<String> found = new ArrayList<>();
        String text = CODE.matcher(withoutCode(page)).replaceAll("");
        each(LINK, text, link -> found.add(link.group(1)));
        return found;
    }

    /** The numbers that the sections of a page have. */
    static List<String> sections(String page) {
        List<String> found = new ArrayList<>();
        each(NUMBERED, withoutCode(page), heading -> found.add(heading.group(1)));
        return found;
    }

    /** The anchors of a page's headings, as GitHub forms them. */
    static List<String> anchors(String page) {
        List<String> found = new ArrayList<>();
        each(
                HEADING,
                withoutCode(page),
                heading -> {
                    String anchor =
                            heading.group(1)
                                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                                    .toLowerCase(Locale.ROOT)
                                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                                    .replace(' ', '-');
                    found.add(anchor);
                });
        return found;
    }

    private static Pattern listAfter(String word, String item) {
        return Pattern.compile(
                "\\b%s (%s(?:(?:,| and| or|, and) %s)*)(?![\\d.]*\\d)".formatted(word, item, item));
    }

    private static List<String> listed(Pattern list, String item, String text) {
        List<String> found = new ArrayList<>();
        Pattern one = Pattern.compile(item);
        each(
                list,
                LINE_BREAK.matcher(text).replaceAll(" "),
                items -> each(one, items.group(1), reference -> found.add(reference.group())));
        return found;
    }

    private static String withoutCode(String page) {
        return CODE_BLOCK.matcher(page).replaceAll("");
    }

    private static void each(Pattern pattern, String text, Consumer<Matcher> action) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            action.accept(matcher);
        }
    }
}
