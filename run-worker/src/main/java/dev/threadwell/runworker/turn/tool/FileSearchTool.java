package dev.threadwell.runworker.turn.tool;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** File search. Clients do not see the query; the model can cite the results. */
final class FileSearchTool implements BuiltInTool {

    private static final String DESCRIPTION =
            """
            Searches the files that were given and returns the passages that fit best, each with a \
            marker such as 【4:0†name.txt】. Put the marker, exactly as it is, behind every \
            statement that rests on the passage.""";

    private static final String PARAMETER = "query";

    @Override
    public ToolKind kind() {
        return ToolKind.FILE_SEARCH;
    }

    @Override
    public Map<String, Object> function(Tool definition, String name) {
        return FunctionSchema.of(name, DESCRIPTION, PARAMETER, "What is searched for.");
    }

    @Override
    public WrittenCall begin(Tool definition, IntSupplier numbers) {
        Tool.Ranking options = ((Tool.FileSearch) definition).fileSearch().rankingOptions();
        Map<String, Object> ranking = new LinkedHashMap<>();
        ranking.put("ranker", options.ranker());
        ranking.put("score_threshold", options.scoreThreshold());
        return new Written(ranking, numbers.getAsInt());
    }

    @Override
    public CallView view(StepDetails.ToolCall call) {
        return new View(((StepDetails.FileSearchCall) call).fileSearch());
    }

    private record Written(Map<String, Object> ranking, int number) implements WrittenCall {

        @Override
        public ToolKind kind() {
            return ToolKind.FILE_SEARCH;
        }

        @Override
        public String begins() {
            return "{\"ranking_options\":" + Json.compact(ranking) + ",\"results\":[]}";
        }

        @Override
        public StepDetails.FileSearchCall call(String id, String name, String arguments) {
            return new StepDetails.FileSearchCall(
                    id, StepDetails.Search.asked(ranking, arguments, number));
        }
    }

    private record View(StepDetails.Search search) implements CallView {

        /** About sixteen thousand tokens, in any language. */
        private static final int MOST_BYTES = 64 * 1024;

        @Override
        public String arguments() {
            return search.arguments() == null ? "{}" : search.arguments();
        }

        @Override
        public String parameter() {
            return PARAMETER;
        }

        /** The results, each passage after the marker that cites it. */
        @Override
        public String text() {
            if (search.note() != null) {
                return search.note();
            }
            List<Map<String, Object>> results = search.results();
            if (results == null || results.isEmpty()) {
                return "Nothing was found.";
            }
            StringBuilder told = new StringBuilder("Found, the best first:\n");
            int left = MOST_BYTES;
            for (int i = 0; i < results.size() && left > 0; i++) {
                String text = begin(content(results.get(i)), left);
                left -= text.getBytes(StandardCharsets.UTF_8).length;
                told.append('\n').append(marker(i, results.get(i))).append('\n');
                told.append(text).append('\n');
            }
            return told.toString();
        }

        private String marker(int index, Map<String, Object> result) {
            String name = String.valueOf(result.get("file_name")).replaceAll("[【】\\p{Cntrl}]", " ");
            return search.number() == null
                    ? name
                    : "【%d:%d†%s】".formatted(search.number(), index, name);
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

        /**
         * The longest prefix of the text within this many UTF-8 bytes, without splitting a
         * character.
         */
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

        @Override
        public void collect(SourceCollector sources) {
            Integer number = search.number();
            List<Map<String, Object>> results = search.results();
            if (number != null && results != null) {
                sources.found(
                        number,
                        results.stream().map(one -> String.valueOf(one.get("file_id"))).toList());
            }
        }
    }
}
