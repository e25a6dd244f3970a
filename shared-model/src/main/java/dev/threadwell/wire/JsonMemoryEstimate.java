package dev.threadwell.wire;

/**
 * Estimates, before a JSON text is parsed, the memory of the resulting objects: two characters can
 * become a map of a hundred bytes.
 */
public final class JsonMemoryEstimate {

    /** The overhead of a value besides its characters, with its entry in a list or a map. */
    private static final int BYTES_OF_A_VALUE = 64;

    private JsonMemoryEstimate() {}

    /** A conservative estimate for this UTF-8 text, in bytes. */
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
