package dev.threadwell.runworker.turn;

import dev.threadwell.thread.UrlCitation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds citation markers and {@code sandbox:} links in a streamed text, and converts them to
 * annotations. Text that may be the beginning of one is held back until more has arrived.
 */
final class CitationParser {

    private static final char OPENING = '【';
    private static final String SCHEME = "sandbox:";
    private static final int LONGEST_MARKER = 320;
    private static final Pattern MARKER = Pattern.compile("【(\\d{1,6}:\\d{1,6})†[^【】\n]*】");

    /** A prefix of a marker. */
    private static final Pattern BEGUN = Pattern.compile("【(\\d{1,6}(:(\\d{1,6}(†[^【】\n]*)?)?)?)?");

    private final Map<String, String> cited;
    private final Map<String, UrlCitation> pages;
    private final boolean pagesAsLinks;
    private final Map<String, String> links;
    private final List<String> longestFirst;

    /**
     * The common prefix of all links: a position without it need not be compared with each link.
     */
    private final String beginning;

    private final StringBuilder held = new StringBuilder();

    CitationParser(CitationSources sources) {
        cited = sources.cited();
        pages = sources.pages();
        pagesAsLinks = sources.pagesAsLinks();
        links = sources.links();
        longestFirst =
                links.keySet().stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
        beginning = longestFirst.stream().reduce(CitationParser::beginning).orElse(SCHEME);
    }

    /** The common prefix of both texts. */
    private static String beginning(String one, String other) {
        int length = 0;
        int most = Math.min(one.length(), other.length());
        while (length < most && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    /** A piece of text, with its annotation if it is a reference. */
    record Said(String text, @Nullable Annotation annotation) {}

    /**
     * The result of parsing the held text at a position: a reference of this length, a marker of
     * this length in whose place another text is shown, plain text, or undecided until more text
     * has arrived.
     */
    private sealed interface Found {

        record Reference(int length, Annotation annotation) implements Found {}

        record Replaced(int length, String text) implements Found {}

        record Unclear() implements Found {}

        record Plain() implements Found {}
    }

    /** Takes the next piece and returns the text that can be shown. */
    List<Said> take(String piece) {
        held.append(piece);
        return shown(false);
    }

    /** The text that is still held back, at the end. */
    List<Said> rest() {
        return shown(true);
    }

    private List<Said> shown(boolean atEnd) {
        List<Said> shown = new ArrayList<>();
        int from = 0;
        int at = 0;
        boolean clear = true;
        while (clear && at < held.length()) {
            switch (found(at, atEnd)) {
                case Found.Plain() -> at++;
                case Found.Unclear() -> clear = false;
                case Found.Reference(var length, var annotation) -> {
                    add(from, at, null, shown);
                    add(at, at + length, annotation, shown);
                    at += length;
                    from = at;
                }
                case Found.Replaced(var length, var text) -> {
                    add(from, at, null, shown);
                    shown.add(new Said(text, null));
                    at += length;
                    from = at;
                }
            }
        }
        add(from, at, null, shown);
        held.delete(0, at);
        return shown;
    }

    private void add(int from, int end, @Nullable Annotation annotation, List<Said> shown) {
        if (end > from) {
            shown.add(new Said(held.substring(from, end), annotation));
        }
    }

    private Found found(int at, boolean atEnd) {
        char c = held.charAt(at);
        if (c == OPENING && !(cited.isEmpty() && pages.isEmpty())) {
            return marker(at, atEnd);
        }
        return c == SCHEME.charAt(0) && !links.isEmpty() ? link(at, atEnd) : new Found.Plain();
    }

    private Found marker(int at, boolean atEnd) {
        Matcher whole = MARKER.matcher(held).region(at, held.length());
        if (whole.lookingAt()) {
            return cited(whole.group(1), whole.end() - at);
        }
        boolean mayBecomeOne =
                !atEnd
                        && held.length() - at < LONGEST_MARKER
                        && BEGUN.matcher(held).region(at, held.length()).matches();
        return mayBecomeOne ? new Found.Unclear() : new Found.Plain();
    }

    private Found cited(String numbers, int length) {
        String fileId = cited.get(numbers);
        if (fileId != null) {
            return new Found.Reference(length, new Annotation(Annotation.CITATION, fileId));
        }
        UrlCitation page = pages.get(numbers);
        if (page == null) {
            return new Found.Plain();
        }
        return pagesAsLinks
                ? new Found.Replaced(length, page.link())
                : new Found.Reference(length, Annotation.of(page));
    }

    private Found link(int at, boolean atEnd) {
        int length = held.length() - at;
        int known = common(at, beginning, 0);
        if (known < Math.min(length, beginning.length())) {
            return new Found.Plain();
        }
        for (String link : longestFirst) {
            int common = common(at, link, known);
            if (common == link.length() && (atEnd || length > common)) {
                if (length == common || !goesOn(held.charAt(at + common))) {
                    String fileId = String.valueOf(links.get(link));
                    return new Found.Reference(common, new Annotation(Annotation.PATH, fileId));
                }
            } else if (!atEnd && common == length) {
                return new Found.Unclear();
            }
        }
        return new Found.Plain();
    }

    /**
     * The length of the link's prefix that matches at this position.
     *
     * @param known the number of characters that are known to match
     */
    private int common(int at, String link, int known) {
        int most = Math.min(link.length(), held.length() - at);
        int common = known;
        while (common < most && held.charAt(at + common) == link.charAt(common)) {
            common++;
        }
        return common;
    }

    /** Whether this character would continue a link, so that it leads to another file. */
    private static boolean goesOn(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '/');
    }
}
