package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How pictures are named to a model whose tools take them, and to one that sees none. */
class NamedPicturesTest {

    private static final String URL = "https://a.test/1.png";
    private static final ImagePart DOT = new ImagePart("data:image/gif;base64,R0lGODlh");
    private static final PictureNames NAMES =
            PictureNames.of(
                    List.of(
                            new ThreadPicture.Stored("file-1"),
                            new ThreadPicture.Linked("picture-2", URL)));

    private final Run run = Samples.run();

    private JsonNode content(PictureNames names, boolean seen) {
        Message message =
                Message.written(
                        "msg_1",
                        Samples.THREAD,
                        Samples.NOW,
                        "user",
                        List.of(
                                MessageContent.Text.of("Which?"),
                                new MessageContent.ImageFile(Map.of("file_id", "file-1")),
                                new MessageContent.ImageUrl(Map.of("url", URL))),
                        List.of(),
                        Map.of());
        var attached =
                new AttachedFiles(seen ? Map.of("file-1", DOT) : Map.of(), Map.of(), names, seen);
        var asking =
                (PromptResult.Request)
                        Prompt.of(
                                run,
                                List.of(new Entry.Said(message)),
                                attached,
                                TokenBudget.of(run, Usage.NONE, 100_000));
        return Json.read(asking.json(), JsonNode.class).at("/messages/0/content");
    }

    private static JsonNode tree(String json) {
        return Json.read(json.replace('\'', '"'), JsonNode.class);
    }

    @Test
    void aNameIsInFrontOfItsPicture() {
        assertThat(content(NAMES, true))
                .isEqualTo(
                        tree(
                                """
                                [{'type':'text','text':'Which?'},
                                {'type':'text','text':'[picture file-1]'},
                                {'type':'image_url','image_url':{'url':'data:image/gif;base64,R0lGODlh'}},
                                {'type':'text','text':'[picture picture-2]'},
                                {'type':'image_url','image_url':{'url':'https://a.test/1.png'}}]
                                """));
    }

    @Test
    void withoutAToolThatTakesPicturesNoNamesAreTold() {
        assertThat(content(PictureNames.NONE, true))
                .isEqualTo(
                        tree(
                                """
                                [{'type':'text','text':'Which?'},
                                {'type':'image_url','image_url':{'url':'data:image/gif;base64,R0lGODlh'}},
                                {'type':'image_url','image_url':{'url':'https://a.test/1.png'}}]
                                """));
    }

    @Test
    void aModelThatSeesNoPicturesIsToldTheirNames() {
        assertThat(content(NAMES, false).asText())
                .isEqualTo("Which?\n[picture file-1]\n[picture picture-2]");
    }

    @Test
    void aModelThatSeesNoPicturesAndHasNoToolForThemIsToldThatTheyAreThere() {
        assertThat(content(PictureNames.NONE, false).asText())
                .isEqualTo("Which?\n[image file-1]\nhttps://a.test/1.png");
    }
}
