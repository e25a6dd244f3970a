package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePartTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "89504e470d0a1a0a00 data:image/png;base64,iVBORw0KGgoA",
                "ffd8ffe0 data:image/jpeg;base64,/9j/4A==",
                "474946383961 data:image/gif;base64,R0lGODlh",
                "524946460000000057454250 data:image/webp;base64,UklGRgAAAABXRUJQ"
            })
    void whatItIsIsSeenFromItsFirstBytes(String bytes, String url) {
        assertThat(ImagePart.of(HexFormat.of().parseHex(bytes))).contains(new ImagePart(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "89", "52494646000000004156492000", "255044462d"})
    void whatModelsDoNotKnowIsNone(String bytes) {
        assertThat(ImagePart.of(HexFormat.of().parseHex(bytes))).isEmpty();
    }

    @Test
    void filesComeInTheOrderOfTheirLastAppearance() {
        var conversation =
                List.of(
                        showing("user", "file-1"),
                        showing("assistant", "file-2"),
                        showing("user", "file-3"),
                        showing("user", "file-1"));

        assertThat(ImagePart.files(conversation)).containsExactly("file-3", "file-1");
    }

    private static Entry showing(String role, String file) {
        return new Entry.Said(
                Message.written(
                        "msg_1",
                        Samples.THREAD,
                        Samples.NOW,
                        role,
                        List.of(new MessageContent.ImageFile(Map.of("file_id", file))),
                        List.of(),
                        Map.of()));
    }
}
