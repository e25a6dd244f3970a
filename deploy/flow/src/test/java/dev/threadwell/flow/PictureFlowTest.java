package dev.threadwell.flow;

import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnInstallation
class PictureFlowTest {

    private final Model model;
    private final Client client;

    PictureFlowTest(Installation installation) {
        model = installation.model();
        client = installation.client();
    }

    @Test
    void aModelIsShownThePictureThatAUserUploaded() {
        String file = client.http().upload("dot.gif", "GIF89a").ok().path("id").asText();

        client.asks(
                        List.of(
                                Map.of("type", "text", "text", "What is in this picture of a dot?"),
                                Map.of(
                                        "type",
                                        "image_file",
                                        "image_file",
                                        Map.of("file_id", file))))
                .becomes(COMPLETED);

        assertThat(
                        model.lastRequest("picture of a dot")
                                .at("/messages/0/content/1/image_url/url")
                                .asText())
                .isEqualTo("data:image/gif;base64,R0lGODlh");
    }
}
