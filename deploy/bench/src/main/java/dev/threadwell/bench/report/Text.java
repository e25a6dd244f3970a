package dev.threadwell.bench.report;

import java.util.Locale;

/** Numbers as the table shows them. */
public final class Text {

    private Text() {}

    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    public static String ms(double millis) {
        return number(millis, 2) + " ms";
    }
}
