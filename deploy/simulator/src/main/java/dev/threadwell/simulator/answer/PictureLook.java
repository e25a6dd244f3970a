package dev.threadwell.simulator.answer;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Tells the format, the size and the most frequent colour of a picture. */
final class PictureLook {

    /** How many points of each row and column are looked at. */
    private static final int POINTS = 32;

    private static final Map<String, Integer> COLOURS = colours();

    private PictureLook() {}

    private static Map<String, Integer> colours() {
        Map<String, Integer> colours = new LinkedHashMap<>();
        colours.put("black", 0x000000);
        colours.put("white", 0xffffff);
        colours.put("grey", 0x808080);
        colours.put("red", 0xe02020);
        colours.put("orange", 0xff8c00);
        colours.put("yellow", 0xf0e020);
        colours.put("green", 0x20a020);
        colours.put("blue", 0x2040e0);
        colours.put("purple", 0x8020a0);
        colours.put("pink", 0xff90b0);
        colours.put("brown", 0x804020);
        return colours;
    }

    static String of(byte[] picture) throws IOException {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return "A picture in a format that the simulator does not read.";
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                return "A %s picture of %d x %d pixels, mostly %s."
                        .formatted(
                                reader.getFormatName().toUpperCase(Locale.ROOT),
                                width,
                                height,
                                colour(sample(reader, width, height)));
            } finally {
                reader.dispose();
            }
        }
    }

    /** A few points of the picture, so that a large one does not need much memory. */
    private static BufferedImage sample(ImageReader reader, int width, int height)
            throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(Math.max(1, width / POINTS), Math.max(1, height / POINTS), 0, 0);
        return reader.read(0, param);
    }

    private static String colour(BufferedImage sample) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int x = 0; x < sample.getWidth(); x++) {
            for (int y = 0; y < sample.getHeight(); y++) {
                counts.merge(nearest(sample.getRGB(x, y)), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("empty");
    }

    private static String nearest(int rgb) {
        String nearest = "black";
        long least = Long.MAX_VALUE;
        for (Map.Entry<String, Integer> colour : COLOURS.entrySet()) {
            long distance = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                long difference = (rgb >> shift & 0xff) - (colour.getValue() >> shift & 0xff);
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                nearest = colour.getKey();
            }
        }
        return nearest;
    }
}
