package dev.threadwell.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.wp.usermodel.HeaderFooterType;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from documents of Word. */
class DocxTextTest {

    private static final String NAMESPACES =
            """
            xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
            xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
            xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" \
            xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
            xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" \
            xmlns:v="urn:schemas-microsoft-com:vml\"""";

    private static final String BOX =
            "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>";
    private static final String SHAPE = "<wps:wsp><wps:txbx>" + BOX + "</wps:txbx></wps:wsp>";
    private static final String OLDER_SHAPE =
            "<w:pict><v:shape><v:textbox>" + BOX + "</v:textbox></v:shape></w:pict>";

    private static String run(String text) {
        return "<w:r><w:t>" + text + "</w:t></w:r>";
    }

    private static String deletedRun(String text) {
        return "<w:r><w:delText>" + text + "</w:delText></w:r>";
    }

    /** The text of a document with this body. */
    private static String text(String body) throws IOException {
        return DocumentText.text(
                ".docx",
                MadeDocuments.docxOf(
                        MadeDocuments.text(
                                "<w:document %s><w:body>%s</w:body></w:document>"
                                        .formatted(NAMESPACES, body))));
    }

    private static byte[] bytes(XWPFDocument document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.write(bytes);
        return bytes.toByteArray();
    }

    @Test
    void aTextBoxIsReadOnceThoughTheFileHasItInTwoForms() throws IOException {
        assertThat(
                        text(
                                """
                                <w:p>%s<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>%s</w:drawing></mc:Choice>\
                                <mc:Fallback>%s</mc:Fallback></mc:AlternateContent></w:r>%s</w:p>"""
                                        .formatted(run("Before "), SHAPE, OLDER_SHAPE, run("it."))))
                .isEqualTo("Before it.\nIn the box.\n");
    }

    @Test
    void ofAlternativesTheFirstThatHasATextIsRead() throws IOException {
        assertThat(
                        text(
                                """
                                <w:p><w:r><mc:AlternateContent><mc:Choice Requires="x"><w:drawing/></mc:Choice>\
                                <mc:Choice Requires="wps"><w:drawing>%1$s</w:drawing></mc:Choice>\
                                <mc:Fallback>%1$s</mc:Fallback></mc:AlternateContent></w:r></w:p>"""
                                        .formatted(SHAPE)))
                .containsOnlyOnce("In the box.");
    }

    @Test
    void aTextBoxOfAnOldFormIsReadToo() throws IOException {
        assertThat(text("<w:p><w:r>" + OLDER_SHAPE + "</w:r></w:p>"))
                .containsOnlyOnce("In the box.");
    }

    @Test
    void aTextBoxInATextBoxIsRead() throws IOException {
        String outer =
                SHAPE.replace(
                        "In the box.</w:t></w:r>", "Outer.</w:t></w:r><w:r>" + SHAPE + "</w:r>");

        assertThat(text("<w:p><w:r>" + outer + "</w:r></w:p>")).contains("Outer.\nIn the box.\n");
    }

    @Test
    void whatWasDeletedIsLeftOutAndWhatWasInsertedIsRead() throws IOException {
        assertThat(
                        text(
                                "<w:p>%s<w:del w:author=\"A\">%s</w:del><w:ins w:author=\"A\">%s</w:ins>%s</w:p>"
                                        .formatted(
                                                run("High "),
                                                deletedRun("water"),
                                                run("tide"),
                                                run(" is at noon."))))
                .isEqualTo("High tide is at noon.\n");
    }

    @Test
    void whatWasMovedIsReadAtItsNewPlaceOnly() throws IOException {
        assertThat(
                        text(
                                "<w:p><w:moveFrom>%1$s</w:moveFrom>%2$s<w:moveTo>%1$s</w:moveTo></w:p>"
                                        .formatted(run("moved"), run("stays, "))))
                .isEqualTo("stays, moved\n");
    }

    @Test
    void aDeletionInAnInsertionAndALinkIsLeftOut() throws IOException {
        assertThat(
                        text(
                                "<w:p><w:ins><w:del>%s</w:del>%s</w:ins><w:hyperlink><w:del>%s</w:del>%s</w:hyperlink></w:p>"
                                        .formatted(
                                                deletedRun("x"),
                                                run("a"),
                                                deletedRun("y"),
                                                run("b"))))
                .isEqualTo("ab\n");
    }

    @Test
    void aParagraphWhoseEndWasDeletedGoesOn() throws IOException {
        assertThat(
                        text(
                                "<w:p><w:pPr><w:rPr><w:del w:author=\"A\"/></w:rPr></w:pPr>%s</w:p><w:p>%s</w:p>"
                                        .formatted(run("one "), run("line"))))
                .isEqualTo("one line\n");
    }

    @Test
    void aRowThatWasDeletedIsLeftOut() throws IOException {
        assertThat(
                        text(
                                "<w:tbl><w:tr><w:tc><w:p>%s</w:p></w:tc><w:tc><w:p>%s</w:p></w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>%s</w:p></w:tc></w:tr></w:tbl><w:p>%s</w:p>"
                                        .formatted(run("a"), run("b"), run("gone"), run("after"))))
                .isEqualTo("a\tb\nafter\n");
    }

    @Test
    void ofAFieldItsValueIsReadAndNotItsCode() throws IOException {
        assertThat(
                        text(
                                "<w:p><w:r><w:instrText> PAGEREF x </w:instrText></w:r>%s</w:p><w:p><w:fldSimple w:instr=\"DATE\">%s</w:fldSimple></w:p>"
                                        .formatted(run("7"), run("today"))))
                .isEqualTo("7\ntoday\n");
    }

    @Test
    void breaksTabsControlsAndFormulasAreRead() throws IOException {
        assertThat(
                        text(
                                """
                                <w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>\
                                <w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>\
                                <w:sdt><w:sdtContent><w:p>%s</w:p></w:sdtContent></w:sdt>\
                                <w:p><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></w:p>"""
                                        .formatted(run("control"))))
                .isEqualTo("a\tb\nc-d\ncontrol\nx+1\n");
    }

    @Test
    void rightToLeftTextAndJoinedCharactersStayAsTheyAre() throws IOException {
        String text = "שלום 👨‍👩‍👧 سلام";

        assertThat(text("<w:p>" + run(text) + "</w:p>")).isEqualTo(text + "\n");
    }

    @Test
    void headersNotesCommentsAndFootersAreRead() throws IOException {
        try (XWPFDocument document = new XWPFDocument()) {
            document.createHeader(HeaderFooterType.DEFAULT)
                    .createParagraph()
                    .createRun()
                    .setText("head");
            document.createFooter(HeaderFooterType.DEFAULT)
                    .createParagraph()
                    .createRun()
                    .setText("foot");
            document.createParagraph().createRun().setText("body");
            document.createFootnotes();
            document.createFootnote().createParagraph().createRun().setText("note");
            document.createEndnote().createParagraph().createRun().setText("last note");
            var comment = document.createComments().createComment(java.math.BigInteger.ONE);
            comment.setAuthor("Ann");
            comment.createParagraph().createRun().setText("remark");

            assertThat(DocumentText.text(".docx", bytes(document)))
                    .containsSubsequence(
                            "head", "body", "note", "last note", "Comment by Ann: remark", "foot");
        }
    }

    @Test
    void aDocumentInTheStrictFormIsRead() throws IOException {
        String strict =
                "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body><w:p>%s</w:p></w:body></w:document>"
                        .formatted(run("strict"));

        assertThat(DocumentText.text(".docx", MadeDocuments.docxOf(MadeDocuments.text(strict))))
                .isEqualTo("strict\n");
    }

    @Test
    void aDocumentWithAPasswordIsEncrypted() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var out = encryptor.getDataStream(container)) {
                out.write(MadeDocuments.docx("text"));
            }
            container.writeFilesystem(bytes);
        }

        for (String extension : new String[] {".docx", ".pptx"}) {
            assertThatThrownBy(() -> DocumentText.text(extension, bytes.toByteArray()))
                    .isInstanceOf(Unreadable.class)
                    .hasMessage("it is encrypted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".docx", ".pptx"})
    void aDocumentOfTheOlderKindUnderANewNameIsDamaged(String extension) throws IOException {
        byte[] older = Word97.document("text");

        assertThatThrownBy(() -> DocumentText.text(extension, older)).hasMessage("it is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {".docx", ".pptx", ".doc", ".pdf"})
    void filesUnderFalseNamesAreRefused(String extension) throws IOException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13};
        byte[] zip = MadeDocuments.zip("a.txt", "text");
        byte[] rtf = "{\\rtf1 text}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        for (byte[] file : new byte[][] {png, zip, rtf, new byte[0]}) {
            assertThatThrownBy(() -> DocumentText.text(extension, file))
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void aCutDocumentIsRefused() throws IOException {
        byte[] whole = MadeDocuments.docx("text");
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> DocumentText.text(".docx", cut)).isInstanceOf(Exception.class);
    }

    @Test
    void ofAnOlderDocumentWhatWasDeletedIsLeftOut() throws IOException {
        assertThat(DocumentText.text(".doc", Word97.document("High tide.", " Low water.")).strip())
                .isEqualTo("High tide.");
        assertThat(DocumentText.text(".doc", Word97.document("High tide.")).strip())
                .isEqualTo("High tide.");
    }

    @Test
    void aNewDocumentUnderAnOldNameIsRefused() throws IOException {
        byte[] docx = MadeDocuments.docx("text");

        assertThatThrownBy(
                        () ->
                                DocumentText.text(
                                        ".doc", new ByteArrayInputStream(docx).readAllBytes()))
                .isInstanceOf(Exception.class);
    }
}
