package dev.threadwell.runworker.turn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Renders the output of a turn as text. Random ids are replaced by numbers in the order of their
 * appearance.
 */
final class Shown {

    private static final Pattern RANDOM_ID = Pattern.compile("(msg|step|call)_[0-9A-Za-z]{24}");

    private Shown() {}

    /** The events in wire format. */
    static String wire(List<TurnOutput> outputs) {
        StringBuilder text = new StringBuilder();
        for (TurnOutput output : outputs) {
            if (output instanceof TurnOutput.Emit(var name, var data)) {
                text.append("event: ").append(name.wire()).append('\n');
                text.append("data: ").append(data.text()).append("\n\n");
            }
        }
        return numbered(text.toString());
    }

    /** The names of the events, with marks where something is saved. */
    static List<String> names(List<TurnOutput> outputs) {
        return outputs.stream()
                .map(
                        output ->
                                switch (output) {
                                    case TurnOutput.Emit(var name, _) -> name.wire();
                                    case TurnOutput.Save _ -> "(saved)";
                                })
                .toList();
    }

    /** The data of every event with this name. */
    static List<String> data(String name, List<TurnOutput> outputs) {
        return outputs.stream()
                .filter(o -> o instanceof TurnOutput.Emit(var n, _) && n.wire().equals(name))
                .map(o -> ((TurnOutput.Emit) o).data().text())
                .map(Shown::numbered)
                .toList();
    }

    static String file(String name) {
        try (InputStream in = Objects.requireNonNull(Shown.class.getResourceAsStream(name), name)) {
            return utf8(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String numbered(String text) {
        Map<String, String> ids = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        return RANDOM_ID
                .matcher(text)
                .replaceAll(
                        found ->
                                ids.computeIfAbsent(
                                        found.group(),
                                        id -> {
                                            String kind = found.group(1);
                                            return kind + "_" + counts.merge(kind, 1, Integer::sum);
                                        }));
    }
}
