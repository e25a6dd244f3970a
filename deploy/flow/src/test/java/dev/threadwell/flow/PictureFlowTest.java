package dev.threadwell.flow;

import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningInstallation.class)
class PictureFlowTest {

    private final Model model;
    private final Client client;

    PictureFlowTest(Installation installation) {
        model = installation.model();
        client = installation.client();
    }

    @Test
    void aModelIsShownThePictureThatAUserUploaded() {
        Http http = client.http();
        String file = http.upload("dot.gif", "GIF89a").ok().path("id").asText();
        var content =
                List.of(
                        Map.of("type", "text", "text", "What is in this picture of a dot?"),
                        Map.of("type", "image_file", "image_file", Map.of("file_id", file)));
        var message = Map.of("role", "user", "content", content);
        String thread =
                http.post("/v1/threads", Map.of("messages", List.of(message)))
                        .ok()
                        .path("id")
                        .asText();

        client.asksIn(thread, Map.of()).becomes(COMPLETED);

        assertThat(
                        model.lastRequest("picture of a dot")
                                .at("/messages/0/content/1/image_url/url")
                                .asText())
                .isEqualTo("data:image/gif;base64,R0lGODlh");
    }
}
