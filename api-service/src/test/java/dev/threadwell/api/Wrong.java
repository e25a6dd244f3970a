package dev.threadwell.api;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A body that is refused, and the words for it. */
record Wrong(String path, String body, String message, String param, String code) {

    /** A test for each; single quotes stand for JSON's double ones. */
    static Stream<DynamicTest> tests(URI base, Wrong... all) {
        return tests(base, "assistants=v2", all);
    }

    /** The same of another version of the wire. */
    static Stream<DynamicTest> tests(URI base, String beta, Wrong... all) {
        return Stream.of(all).map(wrong -> wrong.test(base, beta));
    }

    private DynamicTest test(URI base, String beta) {
        return DynamicTest.dynamicTest(
                path + " " + param + " " + code,
                () ->
                        Api.at(base)
                                .with("OpenAI-Beta", beta)
                                .post(path, body.replace('\'', '"'))
                                .isError(400, message, param, code));
    }
}
