package dev.threadwell.runworker.turn;

import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model is told of what came of its calls. */
final class ToolText {

    /** About sixteen thousand tokens, of whatever language. */
    private static final int FOUND_BYTES = 64 * 1024;

    private static final int LOGS = 32 * 1024;
    private static final String CUT = "\n[…]\n";

    private ToolText() {}

    /** What code put out, what it left behind, and what else there is to say. */
    static String of(StepDetails.Code code) {
        List<String> told = new ArrayList<>();
        add(code.note(), told);
        add(cut(logs(code)), told);
        for (String image : images(code)) {
            told.add("The user is shown the image " + image + ".");
        }
        List<ToolOutput.MadeFile> files = code.files() == null ? List.of() : code.files();
        for (ToolOutput.MadeFile file : files) {
            told.add("File written: [%s](%s)".formatted(name(file), link(file)));
        }
        return told.isEmpty() ? "The code printed nothing." : String.join("\n", told);
    }

    private static void add(@Nullable String text, List<String> told) {
        if (text != null && !text.isBlank()) {
            told.add(text);
        }
    }

    private static String logs(StepDetails.Code code) {
        StringBuilder logs = new StringBuilder();
        for (Map<String, Object> output : outputs(code)) {
            if (output.get("logs") instanceof String text) {
                logs.append(text);
            }
        }
        return logs.toString();
    }

    /** The beginning says what went on, the end what came of it. */
    private static String cut(String logs) {
        return logs.length() <= LOGS
                ? logs
                : logs.substring(0, LOGS / 2) + CUT + logs.substring(logs.length() - LOGS / 2);
    }

    private static List<Map<String, Object>> outputs(StepDetails.Code code) {
        return code.outputs() == null ? List.of() : code.outputs();
    }

    /** The ids of the images that code has shown, in their order. */
    static List<String> images(StepDetails.Code code) {
        List<String> images = new ArrayList<>();
        for (Map<String, Object> output : outputs(code)) {
            if (output.get("image") instanceof Map<?, ?> image) {
                images.add(String.valueOf(image.get("file_id")));
            }
        }
        return images;
    }

    /** The link by which a model leads its user to a file. */
    static String link(ToolOutput.MadeFile file) {
        return "sandbox:" + file.path();
    }

    private static String name(ToolOutput.MadeFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    /** What was found, each passage behind the marker that cites it. */
    static String of(StepDetails.Search search) {
        List<Map<String, Object>> results = search.results();
        if (search.note() != null) {
            return search.note();
        }
        if (results == null || results.isEmpty()) {
            return "Nothing was found.";
        }
        StringBuilder told = new StringBuilder("Found, the best first:\n");
        int left = FOUND_BYTES;
        for (int i = 0; i < results.size() && left > 0; i++) {
            String text = begin(content(results.get(i)), left);
            left -= text.getBytes(StandardCharsets.UTF_8).length;
            told.append('\n').append(marker(search.number(), i, results.get(i))).append('\n');
            told.append(text).append('\n');
        }
        return told.toString();
    }

    private static String marker(@Nullable Integer number, int index, Map<String, Object> result) {
        String name = String.valueOf(result.get("file_name")).replaceAll("[【】\\p{Cntrl}]", " ");
        return number == null ? name : "【%d:%d†%s】".formatted(number, index, name);
    }

    private static String content(Map<String, Object> result) {
        StringBuilder content = new StringBuilder();
        if (result.get("content") instanceof List<?> parts) {
            for (Object part : parts) {
                if (part instanceof Map<?, ?> said && said.get("text") instanceof String text) {
                    content.append(text);
                }
            }
        }
        return content.toString();
    }

    /** As much of the text as fits into so many bytes, and no half character. */
    private static String begin(String text, int bytes) {
        int end = 0;
        int left = bytes;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            left -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (left < 0) {
                return text.substring(0, end);
            }
            end += Character.charCount(c);
        }
        return text;
    }
}
