package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures in messages that are files. */
@QuarkusTest
class PictureFileTest {

    @TestHTTPResource("/")
    URI base;

    private Api api;

    @BeforeEach
    void open() {
        api = Api.at(base);
    }

    private String message(String filename) {
        String file = api.form("/v1/files", Multipart.of("vision", filename, "GIF89a")).id();
        return """
        {"role":"user","content":[{"type":"image_file","image_file":{"file_id":"%s"}}]}"""
                .formatted(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dot.gif", "DOT.GIF", "dot.jpeg", "dot.jpg", "dot.png", "a.b.webp"})
    void aPictureIsKept(String filename) {
        var content =
                api.post("/v1/threads/" + api.thread() + "/messages", message(filename))
                        .json()
                        .at("/content/0");

        assertThat(content.at("/type").asText()).isEqualTo("image_file");
        assertThat(content.at("/image_file/detail").asText()).isEqualTo("auto");
    }

    @ParameterizedTest
    @CsvSource({"scan.pdf, .pdf", "dot.gif.txt, .txt", "dot, none"})
    void anotherFileIsRefused(String filename, String extension) {
        String refusal =
                "Invalid message content: Expected file type to be a supported format: .jpeg, .jpg,"
                        + " .png, .gif, .webp but got "
                        + extension
                        + ".";
        String message = message(filename);

        api.post("/v1/threads/" + api.thread() + "/messages", message)
                .isError(400, refusal, null, null);
        api.post("/v1/threads", "{\"messages\":[" + message + "]}")
                .isError(400, refusal, null, null);
    }
}
