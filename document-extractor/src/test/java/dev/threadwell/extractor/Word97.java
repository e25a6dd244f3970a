package dev.threadwell.extractor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * Writes a {@code .doc}, of one paragraph, as MS-DOC describes the files of Word 97: POI reads them
 * and can make none.
 */
public final class Word97 {

    private static final int PAGE = 512;
    private static final int TEXT_AT = 4 * PAGE;

    /**
     * Where the pairs of offset and length begin in the file information block, and some of them.
     */
    private static final int PAIRS_AT = 154;

    private static final int STYLES = 1;
    private static final int SECTIONS = 6;
    private static final int CHARACTER_PAGES = 12;
    private static final int PARAGRAPH_PAGES = 13;
    private static final int FONTS = 15;
    private static final int PROPERTIES = 31;
    private static final int PIECES = 33;

    private final byte[] text;
    private final int deletedFrom;
    private final int characters;
    private final ByteBuffer main;
    private final ByteArrayOutputStream table = new ByteArrayOutputStream();

    private Word97(String paragraph, int deletedFrom) {
        this.deletedFrom = deletedFrom;
        text = (paragraph + "\r").getBytes(StandardCharsets.UTF_16LE);
        characters = text.length / 2;
        main = buffer((pagesAt() + 2) * PAGE);
    }

    /** A document of this one paragraph. */
    public static byte[] document(String paragraph) throws IOException {
        return document(paragraph, "");
    }

    /** A paragraph whose end was deleted while changes were tracked. */
    static byte[] document(String paragraph, String deleted) throws IOException {
        Word97 word = new Word97(paragraph + deleted, paragraph.length());
        word.write();
        try (POIFSFileSystem file = new POIFSFileSystem()) {
            file.createDocument(new ByteArrayInputStream(word.main.array()), "WordDocument");
            file.createDocument(new ByteArrayInputStream(word.table.toByteArray()), "1Table");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            file.writeFilesystem(bytes);
            return bytes.toByteArray();
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The pages with the formats follow the text. */
    private int pagesAt() {
        return (TEXT_AT + text.length + PAGE - 1) / PAGE;
    }

    private int textEnd() {
        return TEXT_AT + text.length;
    }

    private void write() {
        information();
        main.put(TEXT_AT, text);
        characterPage(pagesAt() * PAGE);
        paragraphPage((pagesAt() + 1) * PAGE);
        add(STYLES, styles());
        add(SECTIONS, sections());
        add(CHARACTER_PAGES, pages(pagesAt()));
        add(PARAGRAPH_PAGES, pages(pagesAt() + 1));
        add(FONTS, fonts());
        add(PROPERTIES, buffer(544));
        add(PIECES, pieces());
    }

    private void information() {
        int inTable1AndUnicode = 0x1200;
        main.putShort(0, (short) 0xA5EC).putShort(2, (short) 0xC1).putShort(6, (short) 0x409);
        main.putShort(10, (short) inTable1AndUnicode).putShort(12, (short) 0xBF);
        main.putInt(24, TEXT_AT).putInt(28, textEnd());
        main.putShort(32, (short) 14).putShort(62, (short) 22);
        main.putInt(64, main.capacity()).putInt(76, characters);
        main.putShort(152, (short) 93);
    }

    private void add(int pair, ByteBuffer bytes) {
        main.putInt(PAIRS_AT + 8 * pair, table.size());
        main.putInt(PAIRS_AT + 8 * pair + 4, bytes.capacity());
        table.writeBytes(bytes.array());
    }

    /** A run without a format of its own, and one that is marked as deleted. */
    private void characterPage(int at) {
        int split = TEXT_AT + 2 * deletedFrom;
        int format = PAGE - 8;
        short deleted = 0x0800;
        main.putInt(at, TEXT_AT).putInt(at + 4, split).putInt(at + 8, textEnd());
        main.put(at + PAGE - 1, (byte) 2);
        if (text.length > 2 * deletedFrom + 2) {
            main.put(at + 13, (byte) (format / 2)).put(at + format, (byte) 3);
            main.putShort(at + format + 1, deleted).put(at + format + 3, (byte) 1);
        }
    }

    /** One paragraph, of the first style. */
    private void paragraphPage(int at) {
        int format = PAGE - 8;
        main.putInt(at, TEXT_AT).putInt(at + 4, textEnd()).put(at + PAGE - 1, (byte) 1);
        main.put(at + 8, (byte) (format / 2)).put(at + format + 1, (byte) 1);
    }

    private ByteBuffer pages(int page) {
        return buffer(12).putInt(TEXT_AT).putInt(textEnd()).putInt(page);
    }

    private ByteBuffer sections() {
        return buffer(20).putInt(0).putInt(characters).putShort((short) 0).putInt(-1);
    }

    private ByteBuffer pieces() {
        ByteBuffer pieces = buffer(21).put((byte) 2).putInt(16).putInt(0).putInt(characters);
        return pieces.putShort((short) 0).putInt(TEXT_AT);
    }

    /** The style of paragraphs that every document has. */
    private static ByteBuffer styles() {
        byte[] name = "Normal".getBytes(StandardCharsets.UTF_16LE);
        int size = 10 + 2 + name.length + 2 + 4 + 2;
        ByteBuffer styles = buffer(2 + 18 + 2 + size).putShort((short) 18);
        styles.putShort((short) 1).putShort((short) 10).putShort((short) 1).position(20);
        styles.putShort((short) size).putShort((short) 0).putShort((short) 0xFFF1);
        styles.putShort((short) 2).putShort((short) size).putShort((short) 0);
        styles.putShort((short) (name.length / 2)).put(name).putShort((short) 0);
        return styles.putShort((short) 2).putShort((short) 0).putShort((short) 0);
    }

    private static ByteBuffer fonts() {
        byte[] name = "Times New Roman\0".getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer fonts = buffer(4 + 40 + name.length).putShort((short) 1).putShort((short) 0);
        fonts.put((byte) (39 + name.length)).put((byte) 0x16).putShort((short) 400);
        return fonts.put(44, name);
    }
}
