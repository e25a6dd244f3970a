package dev.threadwell.wire;

/**
 * Estimates, before a JSON text is read, how many bytes the objects take that it becomes: two
 * characters of a text can become a map of a hundred bytes.
 */
public final class JsonMemoryEstimate {

    /** What a value takes beside its characters, with its place in a list or a map. */
    private static final int BYTES_OF_A_VALUE = 64;

    private JsonMemoryEstimate() {}

    /** The estimate for this text, in UTF-8; on the safe side. */
    public static long of(byte[] json) {
        long values = 1;
        boolean inString = false;
        for (int i = 0; i < json.length; i++) {
            byte c = json[i];
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '[' || c == '{' || c == ',' || c == ':') {
                values++;
            }
        }
        return json.length + values * BYTES_OF_A_VALUE;
    }
}
