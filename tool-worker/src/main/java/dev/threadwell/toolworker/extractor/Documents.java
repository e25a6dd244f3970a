package dev.threadwell.toolworker.extractor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.extractor.POITextExtractor;
import org.apache.poi.hwpf.extractor.WordExtractor;
import org.apache.poi.sl.extractor.SlideShowExtractor;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.jsoup.Jsoup;

/** The text of a document, by its extension. */
final class Documents {

    private static final long MEMORY_OF_A_PDF = 64 * 1024 * 1024;

    private Documents() {}

    /** A document that only those can read who know its password. */
    static final class Encrypted extends IOException {

        private static final long serialVersionUID = 1;

        Encrypted(Exception cause) {
            super(cause);
        }
    }

    static String text(String extension, byte[] document) throws IOException {
        try {
            return switch (extension) {
                case ".pdf" -> pdf(document);
                case ".docx" -> text(new XWPFWordExtractor(new XWPFDocument(in(document))));
                case ".doc" -> text(new WordExtractor(in(document)));
                case ".pptx" -> text(new SlideShowExtractor<>(new XMLSlideShow(in(document))));
                case ".html" -> capped(html(document));
                default -> throw new IOException("no reader for " + extension);
            };
        } catch (InvalidPasswordException | EncryptedDocumentException e) {
            throw new Encrypted(e);
        }
    }

    private static ByteArrayInputStream in(byte[] document) {
        return new ByteArrayInputStream(document);
    }

    private static String pdf(byte[] document) throws IOException {
        try (PDDocument pdf =
                Loader.loadPDF(
                        new RandomAccessReadBuffer(document),
                        MemoryUsageSetting.setupMixed(MEMORY_OF_A_PDF).streamCache)) {
            CappedWriter text = new CappedWriter();
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            stripper.writeText(pdf, text);
            return text.text();
        }
    }

    private static String text(POITextExtractor extractor) throws IOException {
        try (extractor) {
            return capped(extractor.getText());
        }
    }

    /** What a reader sees, with the breaks between its blocks. */
    private static String html(byte[] document) throws IOException {
        return Jsoup.parse(in(document), null, "").wholeText();
    }

    private static String capped(String text) throws TooMuchText {
        if (text.length() > CappedWriter.MAX_CHARACTERS) {
            throw new TooMuchText();
        }
        return text;
    }
}
