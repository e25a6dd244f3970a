package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a message may hold. */
@QuarkusTest
class MessageParametersTest {

    private static final String PATH = "/v1/threads/thread_x/messages";

    @TestHTTPResource("/")
    URI base;

    private static Wrong part(String part, String message, String param, String code) {
        return new Wrong(
                PATH,
                "{'role':'user','content':[" + part + "]}",
                message,
                "content[0]" + param,
                code);
    }

    private static Wrong picture(String url, String message) {
        return part(
                "{'type':'image_url','image_url':{'url':'" + url + "'}}",
                "Invalid 'content[0].image_url.url'. Expected " + message,
                ".image_url.url",
                "invalid_value");
    }

    @TestFactory
    Stream<DynamicTest> aWrongMessageIsRefused() {
        return Wrong.tests(
                base,
                new Wrong(
                        PATH,
                        "{'content':7,'x':1}",
                        "Missing required parameter: 'role'.",
                        "role",
                        "missing_required_parameter"),
                new Wrong(
                        PATH,
                        "{'role':7,'content':'x','x':1}",
                        "Unknown parameter: 'x'.",
                        "x",
                        "unknown_parameter"),
                new Wrong(
                        PATH,
                        "{'role':'user','content':null}",
                        "Invalid type for 'content': expected one of a string or array of objects,"
                                + " but got null instead.",
                        "content",
                        "invalid_type"),
                part(
                        "'x'",
                        "Invalid type for 'content[0]': expected an object, but got a string"
                                + " instead.",
                        "",
                        "invalid_type"),
                part(
                        "{'text':'x'}",
                        "Missing required parameter: 'content[0].type'.",
                        ".type",
                        "missing_required_parameter"),
                part(
                        "{'type':'audio'}",
                        "Invalid value: 'audio'. Supported values are: 'text', 'image_url', and"
                                + " 'image_file'.",
                        ".type",
                        "invalid_value"),
                part(
                        "{'type':'text'}",
                        "Missing required parameter: 'content[0].text'.",
                        ".text",
                        "missing_required_parameter"),
                part(
                        "{'type':'text','text':{'value':'x'}}",
                        "Invalid type for 'content[0].text': expected a string, but got an object"
                                + " instead.",
                        ".text",
                        "invalid_type"),
                part(
                        "{'type':'text','text':'x','image_url':{}}",
                        "Unknown parameter: 'content[0].image_url'.",
                        ".image_url",
                        "unknown_parameter"),
                part(
                        "{'type':'image_url','image_url':{}}",
                        "Missing required parameter: 'content[0].image_url.url'.",
                        ".image_url.url",
                        "missing_required_parameter"),
                part(
                        "{'type':'image_url','image_url':{'url':'https://a.b/c.png','detail':'max'}}",
                        "Invalid value: 'max'. Supported values are: 'auto', 'low', and 'high'.",
                        ".image_url.detail",
                        "invalid_value"));
    }

    @TestFactory
    Stream<DynamicTest> aWrongPictureIsRefused() {
        String format =
                "url to end in a supported format: '.jpeg', '.jpg', '.png', '.gif', or '.webp'.";
        String url = "a valid URL, but got a value with an invalid format.";
        return Wrong.tests(
                base,
                picture("https://example.com/a.svg", format),
                picture("https://example.com/a.png/b.pdf?x=.png", format),
                picture("data:application/pdf;base64,AAAA", format),
                picture("data:image/png;base64,", format),
                picture("data:image/png;base64,AA AA", format),
                picture("data:image/png,AAAA", format),
                picture("", url),
                picture("a.png", url),
                picture("ftp://example.com/a.png", url),
                picture("file:///etc/a.png", url),
                picture("https://exa mple.com/a.png", url));
    }

    @TestFactory
    Stream<DynamicTest> aPictureIsKept() {
        return Stream.of(
                        "https://example.com/A.PNG?size=2",
                        "http://example.com/picture",
                        "https://example.com",
                        "data:image/webp;base64," + "AAAA".repeat(500_000))
                .map(
                        url ->
                                DynamicTest.dynamicTest(
                                        url.substring(0, 18),
                                        () -> assertThat(kept(url)).isEqualTo(url)));
    }

    private String kept(String url) {
        Api api = Api.at(base);
        return api.post(
                        "/v1/threads/" + api.thread() + "/messages",
                        """
                        {"role":"user","content":[{"type":"image_url","image_url":{"url":"%s"}}]}"""
                                .formatted(url))
                .json()
                .at("/content/0/image_url/url")
                .asText();
    }

    @Test
    void aTextIsMeasuredInCharactersAndNotInBytes() {
        Api api = Api.at(base);
        String path = "/v1/threads/" + api.thread() + "/messages";
        String longest = "🌞".repeat(256_000);
        assertThat(
                        api.post(path, "{\"role\":\"user\",\"content\":\"" + longest + "\"}")
                                .json()
                                .at("/content/0/text/value")
                                .asText())
                .isEqualTo(longest);
        api.post(path, "{\"role\":\"user\",\"content\":\"" + longest + "x\"}")
                .isError(
                        400,
                        "Invalid 'content': string too long. Expected a string with maximum length"
                                + " 256000, but got a string with length 256001 instead.",
                        "content",
                        "string_above_max_length");
    }
}
