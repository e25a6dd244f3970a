package dev.threadwell.run;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes the ids of new objects: a prefix and 24 characters of {@code [A-Za-z0-9]}. */
public final class Ids {

    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** The id of a new assistant. */
    public static String assistant() {
        return made("asst_");
    }

    /** The id of a new thread. */
    public static String thread() {
        return made("thread_");
    }

    /** The id of a new message. */
    public static String message() {
        return made("msg_");
    }

    /** The id of a new run. */
    public static String run() {
        return made("run_");
    }

    /** The id of a new run step. */
    public static String step() {
        return made("step_");
    }

    /** The id of a tool call whose model gave it none. */
    public static String toolCall() {
        return made("call_");
    }

    /** The id of a new vector store: in this family the original has 32 hexadecimal digits. */
    public static String vectorStore() {
        return hexadecimal("vs_");
    }

    /** The id of a new batch of files of a vector store. */
    public static String fileBatch() {
        return hexadecimal("vsfb_");
    }

    private static String hexadecimal(String prefix) {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    private static String made(String prefix) {
        byte[] bytes = new byte[LENGTH * 2];
        RANDOM.nextBytes(bytes);
        StringBuilder id = new StringBuilder(prefix.length() + LENGTH).append(prefix);
        for (int i = 0; i < LENGTH; i++) {
            // Two bytes a character keep the bias of the modulo below one in a thousand.
            int drawn = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
            id.append(ALPHABET.charAt(drawn % ALPHABET.length()));
        }
        return id.toString();
    }
}
