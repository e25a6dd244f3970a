package dev.threadwell.extractor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.filesystem.FileMagic;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.sl.extractor.SlideShowExtractor;
import org.apache.poi.xslf.usermodel.XMLSlideShow;

/** Extracts the text of a document with the extractor for its file extension. */
final class DocumentText {

    private DocumentText() {}

    static String text(String extension, byte[] document) throws IOException {
        try {
            String text =
                    switch (extension) {
                        case ".pdf" -> PdfText.of(document);
                        case ".docx" -> DocxText.of(notEncrypted(document));
                        case ".doc" -> DocText.of(document);
                        case ".pptx" -> slides(notEncrypted(document));
                        case ".html" -> HtmlText.of(document);
                        default -> throw new IOException("no reader for " + extension);
                    };
            return notTooLong(PrintableCharacters.withMeaning(text));
        } catch (InvalidPasswordException | EncryptedDocumentException e) {
            throw Unreadable.encrypted();
        }
    }

    private static String notTooLong(String text) throws Unreadable {
        if (text.length() > CappedWriter.MAX_CHARACTERS) {
            throw Unreadable.tooLong();
        }
        return text;
    }

    /** Rejects password-protected Office documents, which are wrapped in an OLE2 container. */
    private static byte[] notEncrypted(byte[] document) throws IOException {
        if (FileMagic.valueOf(document) != FileMagic.OLE2) {
            return document;
        }
        try (POIFSFileSystem container = new POIFSFileSystem(new ByteArrayInputStream(document))) {
            throw container.getRoot().hasEntryCaseInsensitive(Decryptor.DEFAULT_POIFS_ENTRY)
                    ? Unreadable.encrypted()
                    : Unreadable.damaged();
        }
    }

    /** The text of the slides and the speaker notes. */
    private static String slides(byte[] document) throws IOException {
        try (SlideShowExtractor<?, ?> extractor =
                new SlideShowExtractor<>(new XMLSlideShow(new ByteArrayInputStream(document)))) {
            extractor.setNotesByDefault(true);
            return extractor.getText();
        }
    }
}
