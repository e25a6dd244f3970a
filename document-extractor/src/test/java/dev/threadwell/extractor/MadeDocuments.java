package dev.threadwell.extractor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Documents as an office makes them, and as an attacker does. */
public final class MadeDocuments {

    private MadeDocuments() {}

    public static byte[] pdf(String text) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = new PDPage();
            pdf.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(72, 700);
                content.showText(text);
                content.endText();
            }
            return bytes(pdf);
        }
    }

    public static byte[] encryptedPdf() throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            return bytes(pdf);
        }
    }

    /** A page whose content is small here and gigabytes when it is unfolded. */
    public static byte[] pdfBomb() throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = new PDPage();
            pdf.addPage(page);
            PDStream content = new PDStream(pdf);
            try (OutputStream raw = content.getCOSObject().createRawOutputStream();
                    DeflaterOutputStream deflated = new DeflaterOutputStream(raw)) {
                byte[] some = "(tide) Tj ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 2_000; i++) {
                    deflated.write(some);
                }
            }
            content.getCOSObject().setItem("Filter", org.apache.pdfbox.cos.COSName.FLATE_DECODE);
            page.setContents(content);
            return bytes(pdf);
        }
    }

    private static byte[] bytes(PDDocument pdf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pdf.save(bytes);
        return bytes.toByteArray();
    }

    public static byte[] docx(String text) throws IOException {
        try (XWPFDocument document = new XWPFDocument()) {
            document.createParagraph().createRun().setText(text);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.write(bytes);
            return bytes.toByteArray();
        }
    }

    public static byte[] pptx(String text) throws IOException {
        try (XMLSlideShow show = new XMLSlideShow()) {
            show.createSlide().createTextBox().setText(text);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            show.write(bytes);
            return bytes.toByteArray();
        }
    }

    /** An archive of one text. */
    static byte[] zip(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            entry(zip, name, text(text));
        }
        return bytes.toByteArray();
    }

    /** A document of Word whose text is this XML. */
    public static byte[] docxOf(Content xml) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            entry(
                    zip,
                    "[Content_Types].xml",
                    out ->
                            out.write(
                                    """
                                    <?xml version="1.0" encoding="UTF-8"?>
                                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                                    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                                    <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
                                    </Types>"""
                                            .getBytes(StandardCharsets.UTF_8)));
            entry(
                    zip,
                    "_rels/.rels",
                    out ->
                            out.write(
                                    """
                                    <?xml version="1.0" encoding="UTF-8"?>
                                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                                    <Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
                                    </Relationships>"""
                                            .getBytes(StandardCharsets.UTF_8)));
            entry(zip, "word/document.xml", xml);
        }
        return bytes.toByteArray();
    }

    /** What an entry of an archive is. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static void entry(ZipOutputStream zip, String name, Content content)
            throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        content.write(zip);
        zip.closeEntry();
    }

    public static Content text(String xml) {
        return out -> out.write(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** A paragraph of a gigabyte, of which little is left in an archive. */
    public static Content flood() {
        return out -> {
            out.write(
                    """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>"""
                            .getBytes(StandardCharsets.UTF_8));
            byte[] water = "water ".repeat(1 << 17).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1_300; i++) {
                out.write(water);
            }
            out.write("</w:t></w:r></w:p></w:body></w:document>".getBytes(StandardCharsets.UTF_8));
        };
    }

    public static Content billionLaughs() {
        StringBuilder xml =
                new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 12; i++) {
            xml.append("<!ENTITY a%d \"%s\">".formatted(i, "&a%d;".formatted(i - 1).repeat(10)));
        }
        return text(
                xml
                        + "]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>");
    }

    public static Content readsPasswords() {
        return text(
                "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY p SYSTEM \"file:///etc/passwd\">]>"
                        + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&p;</w:t></w:r></w:p></w:body></w:document>");
    }
}
