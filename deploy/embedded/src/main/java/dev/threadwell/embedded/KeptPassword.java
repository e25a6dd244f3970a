package dev.threadwell.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Collectors;

/** A password that is generated once and kept in a file that only its owner can read. */
final class KeptPassword {

    private static final int LENGTH = 32;
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private KeptPassword() {}

    /** Reads the password from the file; generates and stores one if the file is missing. */
    static String in(Path file) throws IOException {
        if (!Files.exists(file)) {
            Directories.writePrivately(file, newPassword());
        }
        return Files.readString(file);
    }

    private static String newPassword() {
        return new SecureRandom()
                .ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
                .collect(Collectors.joining());
    }
}
