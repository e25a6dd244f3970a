package dev.threadwell.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DowngradeTest {

    /** Byte by byte: the order of the keys belongs to the shape. */
    @TestFactory
    Stream<DynamicTest> objectsAreShownAsVersionOneHasThem() {
        return Cases.in("answers", DowngradeTest::check);
    }

    private static void check(JsonNode pair) {
        Downgrade view =
                new Downgrade(
                        id -> files(pair.path("files").path(id)),
                        pair.path("streamed").asBoolean());
        assertThat(Json.compact(view.of(pair.path("current"))))
                .isEqualTo(Json.compact(pair.path("older")));
    }

    private static List<String> files(JsonNode ids) {
        return ids.valueStream().map(JsonNode::asText).toList();
    }
}
