package dev.threadwell.extractor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.OldWordFileFormatException;
import org.apache.poi.hwpf.extractor.Word6Extractor;
import org.apache.poi.hwpf.extractor.WordExtractor;
import org.apache.poi.hwpf.usermodel.CharacterRun;
import org.apache.poi.hwpf.usermodel.HeaderStories;
import org.apache.poi.hwpf.usermodel.Range;

/** Extracts the text of a binary Word document (the format before 2007). */
final class DocText {

    private DocText() {}

    static String of(byte[] document) throws IOException {
        try (HWPFDocument word = new HWPFDocument(new ByteArrayInputStream(document))) {
            StringBuilder text = new StringBuilder();
            HeaderStories headers = new HeaderStories(word);
            append(text, headers.getRange());
            append(text, word.getRange());
            append(text, word.getMainTextboxRange());
            append(text, word.getFootnoteRange());
            append(text, word.getEndnoteRange());
            append(text, word.getCommentsRange());
            return text.toString();
        } catch (OldWordFileFormatException e) {
            try (Word6Extractor older = new Word6Extractor(new ByteArrayInputStream(document))) {
                return older.getText();
            }
        }
    }

    /** Appends the range without the runs that tracked changes have deleted. */
    private static void append(StringBuilder text, Range range) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < range.numCharacterRuns(); i++) {
            CharacterRun run = range.getCharacterRun(i);
            if (!run.isMarkedDeleted()) {
                kept.append(run.text());
            }
        }
        text.append(
                WordExtractor.stripFields(kept.toString())
                        .replace('\r', '\n')
                        .replace('\u000b', '\n')
                        // The end of a table cell.
                        .replace('\u0007', '\t'));
    }
}
