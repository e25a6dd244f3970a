package dev.threadwell.api.file;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the MD5 checksum by which clients verify an upload. */
final class Md5 {

    private Md5() {}

    /** The checksum of these bytes, in lower-case hexadecimal. */
    static Uni<String> of(Multi<Buffer> bytes) {
        return bytes.collect()
                .in(Md5::digest, (digest, piece) -> digest.update(piece.getBytes()))
                .map(digest -> HexFormat.of().formatHex(digest.digest()));
    }

    static void requireEqual(String expected, String actual) {
        if (!expected.equalsIgnoreCase(actual)) {
            throw FileErrors.refused(
                    "The md5 checksum of the bytes uploaded (%s) does not match the one given (%s)."
                            .formatted(actual, expected),
                    "md5");
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
