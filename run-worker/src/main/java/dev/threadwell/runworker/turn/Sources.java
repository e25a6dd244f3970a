package dev.threadwell.runworker.turn;

import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.store.Conversation.Entry;
import dev.threadwell.thread.MessageStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What tools have brought so far, as far as it concerns what a model is about to write.
 *
 * @param cited the files that can be cited, by the two numbers of their markers, e.g. {@code 4:0}
 * @param links the files that code has made, by the links to them
 * @param images those that the next message of the run shows in front of its text
 * @param nextSearch the first number in the markers of the next search
 */
public record Sources(
        Map<String, String> cited, Map<String, String> links, List<String> images, int nextSearch) {

    /** The number of a thread's first search (contract 8.3). */
    private static final int FIRST_SEARCH = 4;

    /** No tool has brought anything. */
    public static final Sources NONE = new Sources(Map.of(), Map.of(), List.of(), FIRST_SEARCH);

    /** The sources for the next message of this run. */
    static Sources of(Run run, List<Entry> conversation) {
        Found found = new Found();
        for (Entry entry : conversation) {
            switch (entry) {
                case Entry.Called(RunStep step) -> found.take(step, step.runId().equals(run.id()));
                case Entry.Said(var message) -> {
                    if (run.id().equals(message.runId())
                            && message.status() == MessageStatus.COMPLETED) {
                        found.images.clear();
                    }
                }
            }
        }
        return new Sources(found.cited, found.links, List.copyOf(found.images), found.nextSearch);
    }

    private static final class Found {

        private final Map<String, String> cited = new HashMap<>();
        private final Map<String, String> links = new HashMap<>();
        private final List<String> images = new ArrayList<>();
        private int nextSearch = FIRST_SEARCH;

        void take(RunStep step, boolean ofThisRun) {
            if (step.status() == StepStatus.COMPLETED
                    && step.stepDetails() instanceof StepDetails.ToolCalls(var calls, _)) {
                for (StepDetails.ToolCall call : calls) {
                    switch (call) {
                        case StepDetails.CodeInterpreterCall(_, var code) -> take(code, ofThisRun);
                        case StepDetails.FileSearchCall(_, var search) -> take(search);
                        case StepDetails.FunctionCall _ -> {
                            // What a function returns is a text and nothing else.
                        }
                    }
                }
            }
        }

        private void take(StepDetails.Code code, boolean ofThisRun) {
            for (ToolOutput.MadeFile file : Objects.requireNonNullElse(code.files(), NO_FILES)) {
                links.put(ToolText.link(file), file.fileId());
                links.put(encoded(file), file.fileId());
            }
            if (ofThisRun) {
                images.addAll(ToolText.images(code));
            }
        }

        private static String encoded(ToolOutput.MadeFile file) {
            String path =
                    URLEncoder.encode(file.path(), StandardCharsets.UTF_8)
                            .replace("+", "%20")
                            .replace("%2F", "/");
            return "sandbox:" + path;
        }

        private void take(StepDetails.Search search) {
            Integer number = search.number();
            List<Map<String, Object>> results = search.results();
            if (number == null || results == null) {
                return;
            }
            nextSearch = Math.max(nextSearch, number + 1);
            for (int i = 0; i < results.size(); i++) {
                cited.put(number + ":" + i, String.valueOf(results.get(i).get("file_id")));
            }
        }
    }

    private static final List<ToolOutput.MadeFile> NO_FILES = List.of();
}
