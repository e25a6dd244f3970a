package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.wire.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fields that a provider wants returned are reassembled from their pieces. */
class ProviderFieldsTest {

    private final ProviderFields kept = new ProviderFields();

    @SuppressWarnings("unchecked")
    private void piece(String block) {
        kept.add(Json.read("{\"thinking_blocks\":[" + block + "]}", Map.class));
    }

    @Test
    void blocksOfThoughtsKeepTheirSignatures() {
        piece("{\"type\":\"thinking\",\"thinking\":\"Let me \",\"signature\":null}");
        piece("{\"type\":\"thinking\",\"thinking\":\"see.\",\"signature\":\"\"}");
        piece("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"c2ln\"}");
        piece("{\"type\":\"thinking\",\"thinking\":\"More.\"}");
        piece("{\"type\":\"redacted_thinking\",\"data\":\"x\"}");

        assertThat(Json.mapper().<JsonNode>valueToTree(kept.whole()))
                .isEqualTo(
                        Json.read(
                                """
                                {"thinking_blocks":[
                                 {"type":"thinking","thinking":"Let me see.","signature":"c2ln"},
                                 {"type":"thinking","thinking":"More."},
                                 {"type":"redacted_thinking","data":"x"}]}""",
                                JsonNode.class));
    }
}
