package dev.threadwell.simulator.direction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.simulator.json.SimulatorJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses a direction from JSON; unknown and contradictory fields are rejected by name. */
final class DirectionReader {
    private final DirectionFields fields;

    private DirectionReader(JsonNode node, String path) {
        this.fields = new DirectionFields(node, path);
    }

    static Direction read(JsonNode node) {
        return new DirectionReader(node, "").direction();
    }

    private Direction direction() {
        Content content = content();
        Pace pace =
                new Pace(fields.nanosOfMillis("first_token_ms"), fields.nanosOfMillis("gap_ms"));
        Wire wire =
                new Wire(
                        fields.flag("split_utf8"),
                        fields.flag("glue"),
                        fields.flag("crlf"),
                        fields.flag("comments"),
                        fields.flag("no_finish"),
                        fields.flag("no_done"));
        Fault fault = fault();
        Direction.Occurrence occurrence = occurrence(fault);
        var direction =
                new Direction(
                        content,
                        pace,
                        wire,
                        fault,
                        occurrence,
                        fields.text("finish"),
                        usage(),
                        dialect(),
                        then());
        fields.nothingElse();
        return direction;
    }

    private Content content() {
        return new Content(
                fields.text("say"),
                fields.count("tokens"),
                fields.text("refusal"),
                calls(),
                deltas());
    }

    private List<JsonNode> deltas() {
        JsonNode nodes = fields.any("deltas");
        if (nodes == null) {
            return List.of();
        }
        var deltas = new ArrayList<JsonNode>();
        nodes.forEach(deltas::add);
        if (!nodes.isArray() || !deltas.stream().allMatch(JsonNode::isObject)) {
            throw DirectionFields.refused(
                    "'" + fields.path("deltas") + "' must be a list of objects.");
        }
        return List.copyOf(deltas);
    }

    private @Nullable Dialect dialect() {
        String name = fields.text("dialect");
        return name == null ? null : Dialect.named(name, fields.path("dialect"));
    }

    private List<Content.DirectedCall> calls() {
        JsonNode nodes = fields.any("calls");
        if (nodes == null) {
            return List.of();
        }
        if (!nodes.isArray() || nodes.isEmpty()) {
            throw DirectionFields.refused(
                    "'" + fields.path("calls") + "' must be a list with at least one call.");
        }
        var calls = new ArrayList<Content.DirectedCall>();
        for (int i = 0; i < nodes.size(); i++) {
            calls.add(call(nodes.get(i), fields.path("calls") + "[" + i + "]"));
        }
        return List.copyOf(calls);
    }

    private static Content.DirectedCall call(JsonNode node, String path) {
        var call = new DirectionFields(node, path);
        String name = call.text("name");
        JsonNode arguments = call.any("arguments");
        call.nothingElse();
        if (name == null) {
            throw DirectionFields.refused("'" + call.path("name") + "' is missing.");
        }
        return new Content.DirectedCall(name, rawArguments(arguments));
    }

    private static String rawArguments(@Nullable JsonNode arguments) {
        if (arguments == null) {
            return "{}";
        }
        return arguments.isTextual() ? arguments.textValue() : SimulatorJson.text(arguments);
    }

    private @Nullable Fault fault() {
        var faults = new ArrayList<Fault>();
        addStatus(faults);
        addHang(faults);
        Integer cutAfter = fields.count("cut_after");
        if (cutAfter != null) {
            faults.add(new Fault.CutAfter(cutAfter));
        }
        if (faults.size() > 1) {
            throw DirectionFields.refused(
                    "only one of status or body, hang and cut_after can happen at a time.");
        }
        return faults.isEmpty() ? null : faults.getFirst();
    }

    private void addStatus(List<Fault> faults) {
        Integer status = fields.count("status");
        String code = fields.text("code");
        Double retryAfter = fields.decimal("retry_after");
        JsonNode body = fields.any("body");
        String contentType = fields.text("content_type");
        onlyWith("body", body != null || contentType == null, "content_type");
        if (body != null) {
            faults.add(
                    new Fault.Body(
                            status == null ? 200 : status,
                            body.isTextual() ? body.textValue() : SimulatorJson.text(body),
                            contentType == null ? "application/json" : contentType,
                            retryAfter));
            return;
        }
        if (status == null) {
            onlyWith("status", code == null && retryAfter == null, "code and retry_after");
            return;
        }
        if (status < 400 || status > 599) {
            throw DirectionFields.refused(
                    "'" + fields.path("status") + "' must be between 400 and 599.");
        }
        faults.add(new Fault.Status(status, code, retryAfter));
    }

    private void addHang(List<Fault> faults) {
        String hang = fields.text("hang");
        Integer after = fields.count("hang_after");
        switch (hang) {
            case null -> onlyWith("hang", after == null, "hang_after");
            case "before_headers" -> {
                onlyWith("hang \"after_tokens\"", after == null, "hang_after");
                faults.add(new Fault.HangBeforeHeaders());
            }
            case "after_tokens" -> faults.add(new Fault.HangAfter(after == null ? 0 : after));
            default ->
                    throw DirectionFields.refused(
                            "'"
                                    + fields.path("hang")
                                    + "' must be \"before_headers\" or \"after_tokens\".");
        }
    }

    private Direction.@Nullable Occurrence occurrence(@Nullable Fault fault) {
        Integer times = fields.count("times");
        String key = fields.text("key");
        if (times == null && key == null) {
            return null;
        }
        if (times == null || key == null) {
            throw DirectionFields.refused("times and key belong together.");
        }
        onlyWith("status, hang, cut_after or body", fault != null, "times and key");
        return new Direction.Occurrence(key, times);
    }

    private Direction.UsageOverride usage() {
        JsonNode node = fields.any("usage");
        if (node == null) {
            return new Direction.UsageOverride(null, null);
        }
        var usage = new DirectionFields(node, fields.path("usage"));
        var override =
                new Direction.UsageOverride(
                        usage.count("prompt_tokens"), usage.count("completion_tokens"));
        usage.nothingElse();
        return override;
    }

    private @Nullable Direction then() {
        JsonNode node = fields.any("then");
        return node == null ? null : new DirectionReader(node, fields.path("then")).direction();
    }

    private static void onlyWith(String needed, boolean fine, String given) {
        if (!fine) {
            throw DirectionFields.refused(given + " make sense only with " + needed + ".");
        }
    }
}
