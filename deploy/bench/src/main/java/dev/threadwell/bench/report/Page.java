package dev.threadwell.bench.report;

/** The documentation page that contains the last result between two markers. */
public final class Page {

    static final String BEGIN = "<!-- bench: begin -->";
    static final String END = "<!-- bench: end -->";

    private Page() {}

    /** The page with the text between the markers replaced. */
    public static String with(String page, String generated) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "the page lacks the lines %s and %s".formatted(BEGIN, END));
        }
        return page.substring(0, begin + BEGIN.length())
                + "\n"
                + generated.strip()
                + "\n"
                + page.substring(end);
    }
}
