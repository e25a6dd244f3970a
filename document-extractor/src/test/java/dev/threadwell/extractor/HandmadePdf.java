package dev.threadwell.extractor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A PDF that is written object by object, with a font whose codes mean what the test says: the
 * first character has the code 1, the next one 2, and so on.
 */
public final class HandmadePdf {

    private static final int FIRST_PAGE = 10;

    private final List<String> pages = new ArrayList<>();
    private final List<String> meanings = new ArrayList<>();
    private String font =
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    private boolean hasMeanings;

    private HandmadePdf() {}

    /** Glyphs from left to right, each of which means one of these texts. */
    public static HandmadePdf ofGlyphs(String... meanings) {
        HandmadePdf pdf = new HandmadePdf();
        StringBuilder codes = new StringBuilder();
        for (String meaning : meanings) {
            pdf.meanings.add(meaning);
            codes.append("%02x".formatted(pdf.meanings.size()));
        }
        pdf.hasMeanings = true;
        pdf.pages.add("BT /F1 12 Tf 72 700 Td <%s> Tj ET".formatted(codes));
        return pdf;
    }

    /** A font for Chinese that is not embedded and whose codes are characters of Unicode. */
    public static HandmadePdf ofChinese(String text) {
        HandmadePdf pdf = new HandmadePdf();
        pdf.font =
                """
                << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H \
                /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light \
                /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 \
                /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 \
                /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 \
                /StemV 93 >> >>] >>""";
        String codes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
        pdf.pages.add("BT /F1 12 Tf 72 700 Td <%s> Tj ET".formatted(codes));
        return pdf;
    }

    /** A page of plain letters. */
    public static HandmadePdf ofText(String text) {
        return new HandmadePdf().page("BT /F1 12 Tf 72 700 Td (%s) Tj ET".formatted(text));
    }

    /** One more page, with this content. */
    public HandmadePdf page(String content) {
        pages.add(content);
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> objects = new ArrayList<>();
        StringBuilder kids = new StringBuilder();
        for (int i = 0; i < pages.size(); i++) {
            kids.append("%d 0 R ".formatted(FIRST_PAGE + 2 * i));
        }
        objects.add("1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj");
        objects.add(
                "2 0 obj << /Type /Pages /Count %d /Kids [%s] >> endobj"
                        .formatted(pages.size(), kids));
        objects.add(
                "3 0 obj %s endobj"
                        .formatted(
                                hasMeanings ? font.replace(" >>", " /ToUnicode 4 0 R >>") : font));
        objects.add(stream(4, toUnicode()));
        for (int i = 0; i < pages.size(); i++) {
            int number = FIRST_PAGE + 2 * i;
            objects.add(
                    "%d 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >> endobj"
                            .formatted(number, number + 1));
            objects.add(stream(number + 1, pages.get(i)));
        }
        out.writeBytes("%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder table = new StringBuilder();
        for (String object : objects) {
            String number = object.substring(0, object.indexOf(' '));
            table.append("%s 1\n%010d 00000 n \n".formatted(number, out.size()));
            out.writeBytes((object + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        String end =
                "xref\n0 1\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
                        .formatted(table, FIRST_PAGE + 2 * pages.size(), out.size());
        out.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static String stream(int number, String content) {
        return "%d 0 obj << /Length %d >> stream\n%s\nendstream endobj"
                .formatted(number, content.length(), content);
    }

    private String toUnicode() {
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < meanings.size(); i++) {
            map.append(
                    "<%02x> <%s>\n"
                            .formatted(
                                    i + 1,
                                    HexFormat.of()
                                            .formatHex(
                                                    meanings.get(i)
                                                            .getBytes(StandardCharsets.UTF_16BE))));
        }
        return """
               /CIDInit /ProcSet findresource begin 12 dict begin begincmap
               /CMapName /Test def /CMapType 2 def
               1 begincodespacerange <00> <ff> endcodespacerange
               %d beginbfchar
               %sendbfchar
               endcmap CMapName currentdict /CMap defineresource pop end end
               """
                .formatted(meanings.size(), map);
    }
}
