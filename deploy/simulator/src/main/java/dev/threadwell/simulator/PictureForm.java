package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.RefusedRequest;
import dev.threadwell.simulator.request.RequestError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** Reads the form of a request that starts from pictures; keeps its fields and counts its files. */
final class PictureForm {

    private final Promise<ObjectNode> whole = Promise.promise();
    private int pictures;
    private long bytes;

    private PictureForm() {}

    /** The fields, with the number of pictures after the prompt, so that the result shows both. */
    static Future<ObjectNode> of(HttpServerRequest request) {
        var form = new PictureForm();
        request.setExpectMultipart(true);
        request.uploadHandler(form::take);
        request.exceptionHandler(form.whole::tryFail);
        request.endHandler(_ -> form.end(request));
        return form.whole.future();
    }

    private void take(HttpServerFileUpload upload) {
        if (!upload.name().equals("image") && !upload.name().equals("image[]")) {
            whole.tryFail(new RefusedRequest(RequestError.unknown(upload.name())));
        }
        pictures++;
        upload.handler(
                piece -> {
                    bytes += piece.length();
                    if (bytes > RequestBody.LIMIT) {
                        whole.tryFail(new RefusedRequest(RequestError.tooLarge(RequestBody.LIMIT)));
                    }
                });
    }

    private void end(HttpServerRequest request) {
        if (pictures == 0) {
            whole.tryFail(new RefusedRequest(RequestError.missing("image")));
            return;
        }
        ObjectNode fields = SimulatorJson.object();
        for (Map.Entry<String, String> field : request.formAttributes()) {
            fields.put(field.getKey(), field.getValue());
        }
        if (fields.has("prompt")) {
            fields.put(
                    "prompt",
                    "%s (from %d %s)"
                            .formatted(
                                    fields.path("prompt").asText(),
                                    pictures,
                                    pictures == 1 ? "picture" : "pictures"));
        }
        whole.tryComplete(fields);
    }
}
