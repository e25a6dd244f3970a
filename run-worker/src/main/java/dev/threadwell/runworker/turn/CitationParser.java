package dev.threadwell.runworker.turn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds markers of citations and {@code sandbox:} links in a streamed text, and turns them into
 * annotations. Text that may be the beginning of one is held back until that is decided.
 */
final class CitationParser {

    private static final char OPENING = '【';
    private static final String SCHEME = "sandbox:";
    private static final int LONGEST_MARKER = 320;
    private static final Pattern MARKER = Pattern.compile("【(\\d{1,6}:\\d{1,6})†[^【】\n]*】");

    /** The beginnings of a marker, in front of the file's name. */
    private static final Pattern BEGUN = Pattern.compile("【(\\d{1,6}(:(\\d{1,6}(†[^【】\n]*)?)?)?)?");

    private final Map<String, String> cited;
    private final Map<String, String> links;
    private final List<String> longestFirst;

    /** With what all links begin, so that a place without it is not compared with each of them. */
    private final String beginning;

    private final StringBuilder held = new StringBuilder();

    CitationParser(CitationSources sources) {
        cited = sources.cited();
        links = sources.links();
        longestFirst =
                links.keySet().stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
        beginning = longestFirst.stream().reduce(CitationParser::beginning).orElse(SCHEME);
    }

    /** With what both texts begin. */
    private static String beginning(String one, String other) {
        int length = 0;
        int most = Math.min(one.length(), other.length());
        while (length < most && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    /** A piece of text, and what it refers to if it does. */
    record Said(String text, @Nullable Annotation annotation) {}

    /** What stands at a place of the held text: so many characters of it, or not known yet. */
    private sealed interface Found {

        record Reference(int length, Annotation annotation) implements Found {}

        record Unclear() implements Found {}

        record Plain() implements Found {}
    }

    /** Takes the next piece and returns what can be shown. */
    List<Said> take(String piece) {
        held.append(piece);
        return shown(false);
    }

    /** What was held back until the end. */
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
        if (c == OPENING && !cited.isEmpty()) {
            return marker(at, atEnd);
        }
        return c == SCHEME.charAt(0) && !links.isEmpty() ? link(at, atEnd) : new Found.Plain();
    }

    private Found marker(int at, boolean atEnd) {
        Matcher whole = MARKER.matcher(held).region(at, held.length());
        if (whole.lookingAt()) {
            String fileId = cited.get(whole.group(1));
            return fileId == null
                    ? new Found.Plain()
                    : new Found.Reference(
                            whole.end() - at, new Annotation(Annotation.CITATION, fileId));
        }
        boolean mayBecomeOne =
                !atEnd
                        && held.length() - at < LONGEST_MARKER
                        && BEGUN.matcher(held).region(at, held.length()).matches();
        return mayBecomeOne ? new Found.Unclear() : new Found.Plain();
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
     * How many characters of the link stand at this place.
     *
     * @param known so many are known to
     */
    private int common(int at, String link, int known) {
        int most = Math.min(link.length(), held.length() - at);
        int common = known;
        while (common < most && held.charAt(at + common) == link.charAt(common)) {
            common++;
        }
        return common;
    }

    /** Whether a link to another file would go on with this character. */
    private static boolean goesOn(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '/');
    }
}
