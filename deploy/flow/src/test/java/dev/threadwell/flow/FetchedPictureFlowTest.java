package dev.threadwell.flow;

import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pictures by URL in an installation that fetches them itself. */
@OnInstallation
class FetchedPictureFlowTest {

    private final Model model;
    private final Client client;

    FetchedPictureFlowTest(Installation installation) {
        model = installation.model();
        client = installation.client();
    }

    @BeforeAll
    static void fetch(Installation installation) {
        installation.runWorkersUse(Map.of("THREADWELL_IMAGES_FETCH", "true"));
    }

    @AfterAll
    static void leaveItToTheModel(Installation installation) {
        installation.runWorkersUse(Map.of());
    }

    private ClientRun shows(String url, String text) {
        return client.asks(
                List.of(
                        Map.of("type", "text", "text", text),
                        Map.of("type", "image_url", "image_url", Map.of("url", url))));
    }

    @Test
    void aModelIsShownThePictureAndNotWhereItIs() {
        try (Endpoint pictures = new Endpoint("GIF89a", 1)) {
            shows(pictures.url(), "What is at this address?").becomes(COMPLETED);

            assertThat(
                            model.lastRequest("What is at this address?")
                                    .at("/messages/0/content/1/image_url/url")
                                    .asText())
                    .isEqualTo("data:image/gif;base64,R0lGODlh");
        }
    }

    @Test
    void aPictureInsideTheNetworkIsNotFetched() {
        String inside = "http://169.254.169.254/latest/meta-data";

        var run = shows(inside, "What does the cloud say?");

        run.failsWith("invalid_prompt");
        assertThat(run.object().at("/last_error/message").asText())
                .isEqualTo(
                        "Error while downloading %s: its host is not on the public Internet."
                                .formatted(inside));
        assertThat(model.timesAsked("What does the cloud say?")).isZero();
    }
}
