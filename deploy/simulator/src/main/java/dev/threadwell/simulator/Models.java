package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.RefusedRequest;
import dev.threadwell.simulator.request.RequestError;
import java.util.List;

/** The models that {@code /v1/models} lists; completions accept any model name. */
final class Models {
    private static final long CREATED = 1_767_225_600;
    private static final List<String> NAMES =
            List.of(
                    "threadwell-simulator",
                    "gpt-4o",
                    "gpt-4o-mini",
                    "gpt-4.1",
                    "gpt-4.1-mini",
                    "gpt-4-turbo",
                    "gpt-4",
                    "gpt-3.5-turbo",
                    "o3-mini");

    private Models() {}

    static ObjectNode list() {
        ObjectNode list = SimulatorJson.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        NAMES.forEach(name -> data.add(model(name)));
        return list;
    }

    static ObjectNode named(String name) {
        if (!NAMES.contains(name)) {
            throw new RefusedRequest(RequestError.noSuchModel(name));
        }
        return model(name);
    }

    private static ObjectNode model(String name) {
        return SimulatorJson.object()
                .put("id", name)
                .put("object", "model")
                .put("created", CREATED)
                .put("owned_by", "threadwell-simulator");
    }
}
