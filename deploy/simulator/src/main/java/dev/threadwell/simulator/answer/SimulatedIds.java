package dev.threadwell.simulator.answer;

import java.util.concurrent.ThreadLocalRandom;

/** Generates random ids in OpenAI's format. */
public final class SimulatedIds {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 24;

    private SimulatedIds() {}

    public static String next(String prefix) {
        var id = new StringBuilder(prefix);
        var random = ThreadLocalRandom.current();
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
