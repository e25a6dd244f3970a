package dev.threadwell.extractor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * SAX handler that collects the text of a WordprocessingML part as if all tracked changes were
 * accepted. The text of a text box follows the paragraph to which it is anchored.
 */
final class WordprocessingText extends DefaultHandler {

    /** Elements whose content was deleted or is never displayed. */
    private static final Set<String> LEFT_OUT =
            Set.of("del", "moveFrom", "delText", "instrText", "delInstrText");

    private final Deque<Story> stories = new ArrayDeque<>();

    /** The nesting depth inside a skipped element; 0 outside of them. */
    private int leftOut;

    private boolean inText;

    /** A sequence of paragraphs: the part itself, or a text box in it. */
    private static final class Story {

        private final StringBuilder text = new StringBuilder();
        private final StringBuilder boxes = new StringBuilder();
        private final Deque<Integer> alternatives = new ArrayDeque<>();
        private final Deque<Row> rows = new ArrayDeque<>();
        private int paragraphs;
        private boolean inParagraphProperties;
        private boolean endDeleted;

        int length() {
            return text.length() + boxes.length();
        }

        /** Ends a paragraph; if its paragraph mark was deleted, it continues in the next one. */
        void endParagraph() {
            paragraphs--;
            if (!endDeleted || boxes.length() > 0) {
                text.append('\n');
            }
            endDeleted = false;
            if (paragraphs == 0) {
                text.append(boxes);
                boxes.setLength(0);
            }
        }
    }

    /** A table row: where its text begins, and whether it was deleted. */
    private static final class Row {

        private final int begin;
        private boolean deleted;

        Row(int begin) {
            this.begin = begin;
        }
    }

    WordprocessingText() {
        stories.push(new Story());
    }

    String text() {
        return story().text.toString();
    }

    private Story story() {
        return stories.element();
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes)
            throws SAXException {
        if (leftOut > 0) {
            leftOut++;
            return;
        }
        Story story = story();
        switch (name) {
            case "AlternateContent" -> story.alternatives.push(story.length());
            case "Choice", "Fallback" -> leftOut = isChosenAlready(story) ? 1 : 0;
            case "p" -> {
                if (isWord(uri)) {
                    story.paragraphs++;
                }
            }
            case "pPr" -> story.inParagraphProperties = true;
            case "txbxContent" -> stories.push(new Story());
            case "t" -> inText = true;
            case "tab", "ptab" -> append(story.inParagraphProperties ? "" : "\t");
            case "br", "cr" -> append("\n");
            case "noBreakHyphen" -> append("-");
            case "rt" -> append("(");
            case "tr" -> story.rows.push(new Row(story.text.length()));
            case "comment" -> append("Comment by " + attribute(attributes, "author") + ": ");
            default -> {
                if (LEFT_OUT.contains(name)) {
                    markDeleted(story);
                    leftOut = 1;
                }
            }
        }
    }

    /** Of alternative contents, only the first one that has text is taken. */
    private static boolean isChosenAlready(Story story) {
        Integer before = story.alternatives.peek();
        return before != null && story.length() > before;
    }

    /** Handles a deletion mark in properties: of a paragraph mark or of a table row. */
    private static void markDeleted(Story story) {
        Row row = story.rows.peek();
        if (story.inParagraphProperties) {
            story.endDeleted = true;
        } else if (story.paragraphs == 0 && row != null) {
            row.deleted = true;
        }
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws SAXException {
        if (leftOut > 0) {
            leftOut--;
            return;
        }
        Story story = story();
        switch (name) {
            case "AlternateContent" -> story.alternatives.pop();
            case "p" -> {
                if (isWord(uri)) {
                    story.endParagraph();
                }
            }
            case "pPr" -> story.inParagraphProperties = false;
            case "txbxContent" -> endBox();
            case "t" -> inText = false;
            case "rt" -> append(")");
            case "tc" -> endCell(story);
            case "tr" -> endRow(story);
            default -> {}
        }
    }

    private void endBox() throws SAXException {
        String box = stories.pop().text.toString();
        Story around = story();
        if (around.paragraphs > 0) {
            checkRoom(box.length());
            around.boxes.append(box);
        } else {
            append(box);
        }
    }

    /** Separates cells by tabs, in place of the line break of each cell's last paragraph. */
    private static void endCell(Story story) {
        int end = story.text.length() - 1;
        if (end >= 0 && story.text.charAt(end) == '\n') {
            story.text.setCharAt(end, '\t');
        }
    }

    private static void endRow(Story story) {
        Row row = story.rows.pop();
        if (row.deleted) {
            story.text.setLength(row.begin);
        } else {
            endLine(story.text);
        }
    }

    private static void endLine(StringBuilder text) {
        int end = text.length() - 1;
        if (end >= 0 && text.charAt(end) == '\t') {
            text.setCharAt(end, '\n');
        }
    }

    @Override
    public void characters(char[] characters, int begin, int length) throws SAXException {
        if (inText && leftOut == 0) {
            checkRoom(length);
            story().text.append(characters, begin, length);
        }
    }

    private void append(String more) throws SAXException {
        checkRoom(more.length());
        story().text.append(more);
    }

    private void checkRoom(int more) throws SAXException {
        int length = more;
        for (Story story : stories) {
            length += story.length();
        }
        if (length > CappedWriter.MAX_CHARACTERS) {
            throw new SAXException(Unreadable.tooLong());
        }
    }

    /**
     * Checks the namespace, because other formats use the same element names, for example for
     * paragraphs of drawings.
     */
    private static boolean isWord(String uri) {
        return uri.contains("wordprocessingml");
    }

    private static String attribute(Attributes attributes, String name) {
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.getLocalName(i).equals(name)) {
                return attributes.getValue(i);
            }
        }
        return "";
    }
}
