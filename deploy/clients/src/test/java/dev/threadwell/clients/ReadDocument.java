package dev.threadwell.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/** A document whose samples were run, and what {@code samples/read.py} said of each. */
record ReadDocument(
        String name, String title, String sdk, Map<String, Sample> samples, Command.Ended ended) {

    /**
     * @param result what it was found to do
     * @param changed what differs from the document, and why; may be empty
     * @param failure why it does something else; empty if it does not
     */
    record Sample(String what, String result, String changed, String failure) {

        static final Sample NEVER_CAME =
                new Sample("", "", "", "the document was not read as far as this sample");

        String row(String document, String number) {
            return "| %s | %s. %s | %s | %s |%n"
                    .formatted(
                            document,
                            number,
                            what,
                            failure.isEmpty() ? result : "**not as shown**",
                            changed);
        }
    }

    /** Reads a line for the document, which announces its samples, and one for each sample. */
    static ReadDocument of(String name, String sdk, Command.Ended ended) {
        var samples = new LinkedHashMap<String, Sample>();
        String title = name;
        for (String text : ended.out().lines().toList()) {
            JsonNode line = json(text);
            if (line.has("document")) {
                title = line.required("document").asText();
                line.required("samples")
                        .forEach(one -> samples.put(one.asText(), Sample.NEVER_CAME));
            } else {
                samples.put(line.required("sample").asText(), sample(line));
            }
        }
        return new ReadDocument(name, title, sdk, samples, ended);
    }

    private static Sample sample(JsonNode line) {
        return new Sample(
                line.required("what").asText(),
                line.required("result").asText(),
                line.required("changed").asText(),
                line.required("failure").asText(""));
    }

    private static JsonNode json(String line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError("not a line of JSON: " + line, noJson);
        }
    }

    /** Every sample as a test. */
    DynamicContainer tests() {
        var tests = new ArrayList<DynamicTest>();
        samples.forEach(
                (number, sample) ->
                        tests.add(
                                DynamicTest.dynamicTest(
                                        number + ". " + sample.what(),
                                        () -> expectWell(number, sample))));
        tests.add(DynamicTest.dynamicTest("the document is read to its end", this::expectEnd));
        return DynamicContainer.dynamicContainer(title, tests);
    }

    private void expectWell(String number, Sample sample) {
        if (!sample.failure().isEmpty()) {
            throw new AssertionError(
                    "sample %s of %s: %s".formatted(number, name, sample.failure()));
        }
    }

    private void expectEnd() {
        if (samples.isEmpty() || !ended.well()) {
            throw new AssertionError("exit code " + ended.exitCode() + "\n" + ended.err());
        }
    }

    /** For the list above the table. */
    String summary() {
        long own = samples.keySet().stream().filter(number -> number.matches("\\d+")).count();
        return "- *%s*: %s; %d samples; %s%n".formatted(name, title, own, sdk);
    }

    List<String> rows() {
        var rows = new ArrayList<String>();
        samples.forEach((number, sample) -> rows.add(sample.row(name, number)));
        return rows;
    }
}
