package dev.threadwell.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;

/**
 * Pretty printer with the format of Python's {@code json.dumps(indent=2)}, also for empty objects
 * and lists.
 */
final class TwoSpaces extends DefaultPrettyPrinter {

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    TwoSpaces() {
        super(
                Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""));
        indentArraysWith(INDENT);
        indentObjectsWith(INDENT);
    }

    private TwoSpaces(TwoSpaces base) {
        super(base);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new TwoSpaces(this);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
        out.writeRaw(": ");
    }
}
