package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The boundaries that clients put between the parts of a form: some are longer than the RFC has it.
 */
@QuarkusTest
class BoundaryTest {

    private static final int LONGEST = 1_000;

    @TestHTTPResource("/")
    URI base;

    private Api.Answer upload(String boundary, String parameter) {
        String form =
                "--%1$s\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nassistants\r\n"
                        + "--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
                        + "text\r\n--%1$s--\r\n";
        return Api.at(base)
                .body(
                        "/v1/files",
                        "multipart/form-data; charset=utf-8; boundary=" + parameter,
                        Multipart.stream(form.formatted(boundary)));
    }

    @TestFactory
    Stream<DynamicTest> aBoundaryMayBeLongAndQuoted() {
        return IntStream.of(1, 70, 71, 77, 78, 256, LONGEST)
                .boxed()
                .flatMap(
                        length -> {
                            String boundary = "-".repeat(length - 1) + "b";
                            return Stream.of(boundary, "\"" + boundary + "\"")
                                    .map(
                                            parameter ->
                                                    DynamicTest.dynamicTest(
                                                            length + " " + parameter.charAt(0),
                                                            () -> isTaken(boundary, parameter)));
                        });
    }

    private void isTaken(String boundary, String parameter) {
        Api.Answer answer = upload(boundary, parameter);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("bytes").asInt()).isEqualTo(4);
    }

    @Test
    void aBoundaryThatIsTooLongIsRefused() {
        String boundary = "b".repeat(LONGEST + 1);
        assertThat(upload(boundary, "\"" + boundary + "\"").status()).isEqualTo(400);
        assertThat(upload(boundary, boundary).status()).isEqualTo(400);
    }
}
