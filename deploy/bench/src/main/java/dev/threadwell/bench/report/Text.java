package dev.threadwell.bench.report;

import java.util.Locale;

/** Numbers as the table shows them. */
public final class Text {

    private Text() {}

    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** With its sign, since what is added may be less than nothing. */
    public static String added(double millis) {
        return String.format(Locale.ROOT, "%+,.2f ms", millis);
    }

    public static String ms(double millis) {
        return number(millis, 2) + " ms";
    }
}
