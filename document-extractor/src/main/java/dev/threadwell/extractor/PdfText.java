package dev.threadwell.extractor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;

/** Extracts the text of a PDF. */
final class PdfText {

    private static final long MEMORY_OF_A_PDF = 64 * 1024 * 1024;

    private static final byte[] HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_JUNK = 64 * 1024;

    private PdfText() {}

    static String of(byte[] document) throws IOException {
        try (PDDocument pdf =
                Loader.loadPDF(
                        new RandomAccessReadBuffer(withoutJunkInFront(document)),
                        MemoryUsageSetting.setupMixed(MEMORY_OF_A_PDF).streamCache)) {
            CappedWriter text = new CappedWriter();
            Pages pages = new Pages();
            pages.writeText(pdf, text);
            String read = PrintableCharacters.withMeaning(text.text());
            if (read.isBlank()) {
                throw pages.damaged > 0 ? Unreadable.damaged() : Unreadable.withoutText();
            }
            return read;
        } catch (NoClassDefFoundError e) {
            if (isForCertificates(e)) {
                throw Unreadable.encrypted();
            }
            throw e;
        }
    }

    /**
     * Skips bytes before the PDF header: mail servers and web servers leave lines in front of
     * files.
     */
    private static byte[] withoutJunkInFront(byte[] document) {
        int last = Math.min(document.length - HEADER.length, MOST_JUNK);
        for (int i = 0; i <= last; i++) {
            if (Arrays.equals(document, i, i + HEADER.length, HEADER, 0, HEADER.length)) {
                return i == 0 ? document : Arrays.copyOfRange(document, i, document.length);
            }
        }
        return document;
    }

    /** Only PDFs that are encrypted for certificate owners need Bouncy Castle. */
    private static boolean isForCertificates(NoClassDefFoundError e) {
        String missing = e.getMessage();
        return missing != null && missing.startsWith("org/bouncycastle/");
    }

    /** Extracts page by page; a damaged page does not lose the others. */
    private static final class Pages extends PDFTextStripper {

        private int damaged;

        Pages() {
            setSortByPosition(true);
        }

        @Override
        public void processPage(PDPage page) throws IOException {
            try {
                super.processPage(page);
            } catch (Unreadable e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                damaged++;
                // Keeps the text that was found before the damage.
                writePage();
            }
        }
    }
}
