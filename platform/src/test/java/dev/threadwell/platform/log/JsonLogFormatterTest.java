package dev.threadwell.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {

    private static ExtLogRecord line(String logger, String message) {
        ExtLogRecord line =
                new ExtLogRecord(Level.WARNING, message, JsonLogFormatterTest.class.getName());
        line.setLoggerName(logger);
        return line;
    }

    private static String written(ExtLogRecord line) {
        return new JsonLogFormatter().format(line);
    }

    private static JsonNode read(ExtLogRecord line) throws IOException {
        return new ObjectMapper().readTree(written(line));
    }

    @Test
    void whatAMessageNamesIsAFieldToo() throws IOException {
        JsonNode json = read(line("dev.threadwell.x.Y", "call given up runId=run_1 callId=call_2"));
        assertThat(json.at("/message").asText())
                .isEqualTo("call given up runId=run_1 callId=call_2");
        assertThat(json.at("/fields/runId").asText()).isEqualTo("run_1");
        assertThat(json.at("/fields/callId").asText()).isEqualTo("call_2");
        assertThat(json.at("/level").asText()).isEqualTo("WARNING");
        assertThat(json.at("/logger").asText()).isEqualTo("dev.threadwell.x.Y");
    }

    @Test
    void aReasonGoesOnToTheEnd() throws IOException {
        JsonNode json = read(line("dev.threadwell.x.Y", "stays topic=t reason=it was a=b away"));
        assertThat(json.at("/fields/reason").asText()).isEqualTo("it was a=b away");
        assertThat(json.at("/fields").has("a")).isFalse();
    }

    @Test
    void anIncidentIsOneLineWithItsStackTrace() throws IOException {
        ExtLogRecord line = line("dev.threadwell.x.Y", "two\nlines \"quoted\"");
        line.setThrown(new IllegalStateException("why"));
        assertThat(written(line).strip()).doesNotContain("\n");
        assertThat(read(line).at("/exception").asText())
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(read(line).at("/stackTrace").asText()).contains("why", "JsonLogFormatterTest");
    }

    @Test
    void fieldsAreReadFromOurOwnMessagesOnly() throws IOException {
        assertThat(read(line("org.else", "x a=b")).has("fields")).isFalse();
    }
}
