package dev.threadwell.simulator.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A simulated picture: a coloured sheet with its description written on it. Its PNG file also has
 * the description as the text {@code Description}, for programs that read it back.
 */
public record Picture(String description, int width, int height) {

    private static final String KEYWORD = "Description";
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int SHEET = 0;
    private static final int INK = 1;
    private static final int CELL_WIDTH = Glyphs.WIDTH + 1;
    private static final int CELL_HEIGHT = Glyphs.HEIGHT + 3;

    /** About as many as fit into a line. */
    private static final int LETTERS_A_LINE = 40;

    /** The picture as a PNG file. */
    public byte[] png() {
        var file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put((byte) 3)
                        .array());
        chunk(file, "PLTE", palette());
        describe(file);
        chunk(file, "IDAT", deflated(drawn()));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** A light colour of the description's own for the sheet, and black ink. */
    private byte[] palette() {
        int hash = description.hashCode();
        return new byte[] {
            (byte) (160 + (hash & 0x3f)),
            (byte) (160 + (hash >> 8 & 0x3f)),
            (byte) (160 + (hash >> 16 & 0x3f)),
            0,
            0,
            0
        };
    }

    /**
     * As a {@code tEXt} chunk if it is Latin-1, and else as an {@code iTXt} one, as PNG demands.
     */
    private void describe(ByteArrayOutputStream file) {
        Charset latin1 = StandardCharsets.ISO_8859_1;
        var text = new ByteArrayOutputStream();
        text.writeBytes(KEYWORD.getBytes(latin1));
        text.write(0);
        if (latin1.newEncoder().canEncode(description)) {
            text.writeBytes(description.getBytes(latin1));
            chunk(file, "tEXt", text.toByteArray());
        } else {
            // Not compressed, no language, no translated keyword.
            text.writeBytes(new byte[4]);
            text.writeBytes(description.getBytes(StandardCharsets.UTF_8));
            chunk(file, "iTXt", text.toByteArray());
        }
    }

    /** The dots, with the filter type 0 in front of each row. */
    private byte[] drawn() {
        byte[] dots = new byte[(width + 1) * height];
        int scale = Math.max(1, width / (LETTERS_A_LINE * CELL_WIDTH));
        int margin = 2 * CELL_WIDTH * scale;
        int lettersALine = Math.max(1, (width - 2 * margin) / (CELL_WIDTH * scale));
        int top = margin;
        for (String line : lines(lettersALine)) {
            if (top + Glyphs.HEIGHT * scale > height) {
                break;
            }
            write(dots, line, margin, top, scale);
            top += CELL_HEIGHT * scale;
        }
        return dots;
    }

    private void write(byte[] dots, String line, int left, int top, int scale) {
        int[] letters = line.codePoints().toArray();
        for (int i = 0; i < letters.length; i++) {
            int x = left + i * CELL_WIDTH * scale;
            for (int dx = 0; dx < Glyphs.WIDTH * scale; dx++) {
                for (int dy = 0; dy < Glyphs.HEIGHT * scale; dy++) {
                    boolean ink = Glyphs.isSet(letters[i], dx / scale, dy / scale);
                    if (x + dx < width) {
                        dots[(top + dy) * (width + 1) + x + dx + 1] = (byte) (ink ? INK : SHEET);
                    }
                }
            }
        }
    }

    private List<String> lines(int lettersALine) {
        int[] letters = description.replaceAll("\\s+", " ").codePoints().toArray();
        var lines = new ArrayList<String>();
        for (int i = 0; i < letters.length; i += lettersALine) {
            lines.add(new String(letters, i, Math.min(lettersALine, letters.length - i)));
        }
        return lines;
    }

    private static byte[] deflated(byte[] dots) {
        try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(dots);
            deflater.finish();
            var deflated = new ByteArrayOutputStream();
            byte[] piece = new byte[64 * 1024];
            while (!deflater.finished()) {
                deflated.write(piece, 0, deflater.deflate(piece));
            }
            return deflated.toByteArray();
        }
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
