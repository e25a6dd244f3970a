package dev.threadwell.vectorstore;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedding of a text: one unit vector for each window of it. Vectors of different models
 * cannot be compared.
 *
 * @param windows at least one vector, all of the same size
 */
public record Vectors(String model, List<float[]> windows) {

    /** The upper bound of the 16-bit number of windows. */
    private static final int MAX_SIZE = 1 << 16;

    /** Serializes the number of vectors, then their components in half precision. */
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

    /** Deserializes the output of {@link #bytes}. */
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

    /** Normalizes a vector to length 1; a zero vector stays zero. */
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
