package dev.threadwell.platform.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Writes a line of the log as one JSON object. What a message of ours says as {@code name=value} is
 * a field {@code name} as well; stack traces stay within the line.
 */
final class JsonLogFormatter extends ExtFormatter {

    private static final JsonFactory JSON = new JsonFactory();

    private static final String OURS = "dev.threadwell.";

    /** A reason is the last thing that a message says, and may contain anything. */
    private static final Pattern FIELD =
            Pattern.compile(
                    "(?:^| )(?:(reason|failure)=(.*)|([a-z][A-Za-z]*)=(\\S*))", Pattern.DOTALL);

    @Override
    public String format(ExtLogRecord line) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            String message = formatMessage(line);
            json.writeStartObject();
            json.writeStringField("timestamp", line.getInstant().toString());
            json.writeStringField("level", line.getLevel().getName());
            json.writeStringField("logger", line.getLoggerName());
            json.writeStringField("thread", line.getThreadName());
            json.writeStringField("message", message);
            if (line.getLoggerName().startsWith(OURS)) {
                json.writeObjectFieldStart("fields");
                writeFields(json, message);
                json.writeEndObject();
            }
            if (line.getThrown() != null) {
                json.writeStringField("exception", line.getThrown().getClass().getName());
                json.writeStringField("stackTrace", stackTrace(line.getThrown()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.append('\n').toString();
    }

    private static void writeFields(JsonGenerator json, String message) throws IOException {
        Matcher field = FIELD.matcher(message);
        while (field.find()) {
            boolean last = field.group(1) != null;
            json.writeStringField(
                    last ? field.group(1) : field.group(3), last ? field.group(2) : field.group(4));
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
