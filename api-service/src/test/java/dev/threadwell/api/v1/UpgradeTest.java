package dev.threadwell.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.wire.Json;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class UpgradeTest {

    @TestFactory
    Stream<DynamicTest> requestsBecomeThoseOfTheCurrentVersion() {
        return Cases.in("requests", UpgradeTest::check);
    }

    private static void check(JsonNode pair) {
        byte[] sent = Json.bytes(pair.path("older"));
        ObjectNode upgraded =
                switch (pair.path("request").asText()) {
                    case "new assistant" ->
                            Upgrade.newAssistant(Upgrade.read(sent, V1Rules.NEW_ASSISTANT));
                    case "new message" ->
                            Upgrade.message(
                                    Upgrade.read(sent, V1Rules.NEW_MESSAGE),
                                    strings(pair.path("tools")),
                                    strings(pair.path("texts")));
                    case "new run" -> Upgrade.choices(Upgrade.read(sent, V1Rules.NEW_RUN));
                    default -> throw new AssertionError(pair.path("request"));
                };
        assertThat(Json.compact(upgraded)).isEqualTo(Json.compact(pair.path("current")));
    }

    private static Set<String> strings(JsonNode values) {
        Set<String> strings = new LinkedHashSet<>();
        values.forEach(value -> strings.add(value.asText()));
        return strings;
    }
}
