package dev.threadwell.project;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * Makes, hashes and masks the values of API keys: a prefix that says what the key opens, 43 random
 * letters and digits (256 bits), and a checksum of six, by which a search for leaked keys can tell
 * them from other text. Keys without a checksum, such as those of a configuration, are as good.
 */
public final class KeyValue {

    /** What the values of new keys of projects begin with. */
    public static final String PROJECT = "sk-tw-";

    /** What the values of new admin keys begin with. */
    public static final String ADMIN = "sk-tw-admin-";

    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int SHORTEST_SHOWN = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyValue() {}

    /** A new value with this prefix. */
    public static String create(String prefix) {
        StringBuilder value = new StringBuilder(prefix);
        RANDOM.ints(RANDOM_LENGTH, 0, ALPHABET.length())
                .forEach(index -> value.append(ALPHABET.charAt(index)));
        return value + checksum(value.toString());
    }

    /** Whether a value ends in the checksum of what is before it. */
    public static boolean hasChecksum(String value) {
        int end = value.length() - CHECKSUM_LENGTH;
        return end > 0 && checksum(value.substring(0, end)).equals(value.substring(end));
    }

    private static String checksum(String value) {
        CRC32 crc = new CRC32();
        crc.update(value.getBytes(StandardCharsets.UTF_8));
        long rest = crc.getValue();
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            digits.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
            rest /= ALPHABET.length();
        }
        return digits.reverse().toString();
    }

    /** What is stored of a value. A fast hash is secure here, because keys are long and random. */
    public static byte[] hash(String value) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The part of a value that may be shown. */
    public static String redacted(String value) {
        return value.length() < SHORTEST_SHOWN
                ? "…"
                : value.substring(0, 6) + "…" + value.substring(value.length() - 4);
    }
}
