package dev.threadwell.token;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Texts that are hard for a tokenizer, each with about the requested number of characters. */
final class HostileTexts {

    private HostileTexts() {}

    static Map<String, String> of(int length) {
        Random random = new Random(11);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("one letter", repeated("a", length));
        texts.put("umlauts", repeated("ü", length));
        texts.put("spaces", repeated(" ", length));
        texts.put("line ends", repeated("\n", length));
        texts.put("full stops", repeated(".", length));
        texts.put("emoji", repeated("😀", length));
        texts.put("joined emoji", repeated("👨‍👩‍👧‍👦", length));
        texts.put("minified", repeated("function(a,b){return a.c(b)?d[e]:f+\"g\"};", length));
        texts.put("Thai", repeated("ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน", length));
        texts.put("Chinese", made(length, i -> 0x4E00 + random.nextInt(8_000)));
        texts.put("letters", made(length, i -> 'a' + random.nextInt(26)));
        texts.put("signs", made(length, i -> "!#$%&()*+,-./:;<=>?@[]^_{|}~".charAt(i % 28)));
        texts.put("marks", made(length, i -> random.nextBoolean() ? 0x300 : 0x323));
        texts.put("signs and marks", made(length, i -> i % 3 == 0 ? 0x300 : '!'));
        texts.put("halves of characters", repeated("\ud83d", length));
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        texts.put("base64", Base64.getEncoder().encodeToString(bytes).substring(0, length));
        return texts;
    }

    private static String repeated(String unit, int length) {
        return unit.repeat(length / unit.length());
    }

    private static String made(int length, IntUnaryOperator character) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) character.applyAsInt(i));
        }
        return text.toString();
    }
}
