package dev.threadwell.bench.report;

import java.util.Locale;

/** Formats numbers for the tables. */
public final class Text {

    private Text() {}

    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A difference with its sign, because it can be negative. */
    public static String added(double millis) {
        return String.format(Locale.ROOT, "%+,.2f ms", millis);
    }

    public static String ms(double millis) {
        return number(millis, 2) + " ms";
    }
}
