package dev.threadwell.vectorstore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a text lies in the space of a model: a vector of length 1 for each window of it. Vectors of
 * different models cannot be compared.
 *
 * @param windows of the same size, at least one
 */
public record Vectors(String model, List<float[]> windows) {

    /** A vector has fewer numbers than this. */
    private static final int MAX_SIZE = 1 << 16;

    /** Their number, and then their numbers in half precision. */
    public byte[] bytes() {
        int size = windows.getFirst().length;
        ByteBuffer bytes = ByteBuffer.allocate(2 + 2 * size * windows.size());
        bytes.putShort((short) windows.size());
        for (float[] window : windows) {
            for (float number : window) {
                bytes.putShort(Float.floatToFloat16(number));
            }
        }
        return bytes.array();
    }

    /** Reads what {@link #bytes} wrote. */
    public static Vectors of(String model, byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        int count = bytes.getShort() & (MAX_SIZE - 1);
        int size = bytes.remaining() / 2 / count;
        List<float[]> windows = new ArrayList<>(count);
        for (int w = 0; w < count; w++) {
            float[] window = new float[size];
            for (int i = 0; i < size; i++) {
                window[i] = Float.float16ToFloat(bytes.getShort());
            }
            windows.add(window);
        }
        return new Vectors(model, List.copyOf(windows));
    }

    /** The vector in the same direction whose length is 1. */
    public static float[] unit(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += number * number;
        }
        float length = (float) Math.sqrt(squares);
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = length == 0 ? 0 : vector[i] / length;
        }
        return unit;
    }
}
