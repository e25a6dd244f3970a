package dev.threadwell.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;

/**
 * Generates the ids of new objects: a prefix and 24 characters of {@code [A-Za-z0-9]}, with a few
 * other formats for the objects that have them on the original.
 */
public final class Ids {

    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 24;
    private static final String UNMISTAKABLE =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int FILE_LENGTH = 22;
    private static final String HEX = "0123456789abcdef";
    private static final int HEX_LENGTH = 32;
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

    /** The id of a tool call for which the model's provider sent no id. */
    public static String toolCall() {
        return made("call_");
    }

    /** The id of a stored secret of a tool; never shown. */
    public static String secret() {
        return made("secret_");
    }

    /** The id with which another service answers a call. Security: it cannot be guessed. */
    public static String openCall() {
        return made("fcall_");
    }

    /** The id of a new vector store. */
    public static String vectorStore() {
        return hex("vs_");
    }

    /** The id of a new batch of files of a vector store. */
    public static String fileBatch() {
        return hex("vsfb_");
    }

    /** The id of a new file: 22 characters of an alphabet without easily confused ones. */
    public static String file() {
        return made("file-", UNMISTAKABLE, FILE_LENGTH);
    }

    /**
     * A deterministic file id, derived from the origin of the file, so that a retry gets the same
     * id.
     */
    public static String file(List<String> origin) {
        byte[] digest = digest(String.join("\0", origin));
        StringBuilder id = new StringBuilder("file-");
        for (int i = 0; i < FILE_LENGTH; i++) {
            id.append(UNMISTAKABLE.charAt((digest[i] & 0xff) % UNMISTAKABLE.length()));
        }
        return id.toString();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The id of a new upload. */
    public static String upload() {
        return hex("upload_");
    }

    /** The id of a new part of an upload. */
    public static String part() {
        return hex("part_");
    }

    /** The id of a new project. */
    public static String project() {
        return made("proj_");
    }

    /** The id of a new service account. */
    public static String serviceAccount() {
        return made("svc_acct_");
    }

    /** The id of a new API key, by which it is named; it opens nothing. */
    public static String apiKey() {
        return made("key_");
    }

    /** The id of a new entry of the audit log. */
    public static String auditLog() {
        return made("audit_log-");
    }

    /** The id of a new blob; never shown. */
    public static String blob() {
        return hex("");
    }

    private static String made(String prefix) {
        return made(prefix, ALPHABET, LENGTH);
    }

    private static String hex(String prefix) {
        return made(prefix, HEX, HEX_LENGTH);
    }

    private static String made(String prefix, String alphabet, int length) {
        byte[] bytes = new byte[length * 2];
        RANDOM.nextBytes(bytes);
        StringBuilder id = new StringBuilder(prefix.length() + length).append(prefix);
        for (int i = 0; i < length; i++) {
            // Two random bytes per character keep the modulo bias below one in a thousand.
            int drawn = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
            id.append(alphabet.charAt(drawn % alphabet.length()));
        }
        return id.toString();
    }
}
