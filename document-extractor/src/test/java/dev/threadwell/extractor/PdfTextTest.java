package dev.threadwell.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from PDFs. */
class PdfTextTest {

    private static final String TIDES = "Low water is at noon.";

    private static String text(byte[] pdf) throws IOException {
        return DocumentText.text(".pdf", pdf).strip();
    }

    private static String text(HandmadePdf pdf) throws IOException {
        return text(pdf.bytes());
    }

    private static byte[] protectedBy(String password, int bits) throws IOException {
        try (PDDocument pdf = org.apache.pdfbox.Loader.loadPDF(MadeDocuments.pdf(TIDES))) {
            var policy = new StandardProtectionPolicy("owner", password, new AccessPermission());
            policy.setEncryptionKeyLength(bits);
            pdf.protect(policy);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        }
    }

    @Test
    void plainTextIsRead() throws IOException {
        assertThat(text(MadeDocuments.pdf(TIDES))).isEqualTo(TIDES);
        assertThat(text(HandmadePdf.ofText(TIDES))).isEqualTo(TIDES);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 128, 256})
    void whatIsProtectedAgainstChangesOnlyIsRead(int bits) throws IOException {
        assertThat(text(protectedBy("", bits))).isEqualTo(TIDES);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 128, 256})
    void whatNeedsAPasswordIsEncrypted(int bits) throws IOException {
        byte[] pdf = protectedBy("secret", bits);

        assertThatThrownBy(() -> text(pdf))
                .isInstanceOf(Unreadable.class)
                .hasMessage("it is encrypted");
    }

    @Test
    void whatIsForOwnersOfCertificatesIsEncrypted() {
        String pdf =
                new String(HandmadePdf.ofText(TIDES).bytes(), StandardCharsets.ISO_8859_1)
                        .replace(
                                "/Root 1 0 R",
                                "/Root 1 0 R /Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s4 /V 1 /Length 40 /P -1 /Recipients [<30>] >> /ID [<00> <00>]");

        assertThatThrownBy(() -> text(pdf.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(Unreadable.class)
                .hasMessage("it is encrypted");
    }

    @Test
    void hebrewIsReadInTheOrderOfItsSpeakers() throws IOException {
        try (PDDocument pdf = new PDDocument();
                var font =
                        PDDocument.class.getResourceAsStream(
                                "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
            PDPage page = new PDPage();
            pdf.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                content.beginText();
                content.setFont(PDType0Font.load(pdf, font), 12);
                content.newLineAtOffset(72, 700);
                // As it is drawn: from left to right.
                content.showText(new StringBuilder("שלום עולם").reverse().toString());
                content.endText();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pdf.save(bytes);

            assertThat(text(bytes.toByteArray())).isEqualTo("שלום עולם");
        }
    }

    @Test
    void arabicIsReadInItsOrderAndInItsLetters() throws IOException {
        // The forms of the letters of "salam", as they stand in a word, from left to right.
        assertThat(text(HandmadePdf.ofGlyphs("\uFEE1", "\uFEFC", "\uFEB3"))).isEqualTo("سلام");
    }

    @Test
    void chineseIsReadWithAndWithoutATableOfItsCharacters() throws IOException {
        assertThat(text(HandmadePdf.ofGlyphs("潮", "汐"))).isEqualTo("潮汐");
        assertThat(text(HandmadePdf.ofChinese("中午退潮"))).isEqualTo("中午退潮");
    }

    @Test
    void ligaturesAreTheirLetters() throws IOException {
        assertThat(text(HandmadePdf.ofGlyphs("\uFB01", "s", "h", "\uFB00", "\uFB03")))
                .isEqualTo("fishffffi");
    }

    @Test
    void glyphsWithoutMeaningAreLeftOut() throws IOException {
        assertThat(text(HandmadePdf.ofGlyphs("a", "\0", "b", "\uE123", "\uF0B7", "\uFFFD", "c")))
                .isEqualTo("abc");
    }

    @Test
    void aPageOfGlyphsWithoutMeaningHasNoText() {
        assertThatThrownBy(() -> text(HandmadePdf.ofGlyphs("\0", "\uE000", "\uF8FF", "\u0001")))
                .hasMessage("it has no text (pictures of pages are not read)");
    }

    @Test
    void aScannedPageHasNoText() {
        assertThatThrownBy(() -> text(HandmadePdf.ofGlyphs().page("q 612 0 0 792 0 0 cm Q")))
                .hasMessage("it has no text (pictures of pages are not read)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nx: y\r\n\r\n",
                "1234 lines\n5678\n",
                "\0\0\0\n",
                "\uFEFF"
            })
    void junkInFrontIsSkipped(String line) throws IOException {
        byte[] pdf = HandmadePdf.ofText(TIDES).bytes();
        for (int lines : new int[] {1, 5, 500}) {
            byte[] junk = line.repeat(lines).getBytes(StandardCharsets.UTF_8);
            byte[] both = Arrays.copyOf(junk, junk.length + pdf.length);
            System.arraycopy(pdf, 0, both, junk.length, pdf.length);

            assertThat(text(both)).isEqualTo(TIDES);
        }
    }

    @Test
    void aLigatureThatOnlyItsNameTellsIsItsLetters() throws IOException {
        String pdf =
                new String(HandmadePdf.ofText("\\001sh").bytes(), StandardCharsets.ISO_8859_1)
                        .replace(
                                "/Encoding /WinAnsiEncoding",
                                "/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >>");

        assertThat(text(pdf.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("fish");
    }

    @Test
    void ofACutFileIsReadWhatIsThere() throws IOException {
        HandmadePdf pdf =
                HandmadePdf.ofText(TIDES).page("BT /F1 12 Tf 72 700 Td (The second.) Tj ET");
        byte[] whole = pdf.bytes();
        int table = new String(whole, StandardCharsets.ISO_8859_1).indexOf("xref");

        assertThat(text(Arrays.copyOf(whole, table))).isEqualTo(TIDES + "\nThe second.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 40, 200})
    void aFileThatIsCutNearItsBeginningIsDamaged(int length) {
        byte[] cut = Arrays.copyOf(HandmadePdf.ofText(TIDES).bytes(), length);

        assertThatThrownBy(() -> text(cut)).isInstanceOf(IOException.class);
    }

    @Test
    void aDamagedPageDoesNotCostTheOthers() throws IOException {
        HandmadePdf pdf =
                HandmadePdf.ofText(TIDES)
                        .page("BT /F1 12 Tf 72 700 Td (Before) Tj ET << /broken [ ( <zz> BT Tj")
                        .page("BT /F1 12 Tf 72 700 Td (The last.) Tj ET");

        assertThat(text(pdf)).startsWith(TIDES).contains("Before").endsWith("The last.");
    }
}
