package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.runworker.turn.tool.SourceCollector;
import dev.threadwell.runworker.turn.tool.WebSearchTool;
import dev.threadwell.thread.MessageStatus;
import dev.threadwell.thread.UrlCitation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of earlier tool calls that the model's next message can cite, link to or show.
 *
 * @param cited the file ids that can be cited, by the two numbers of their markers, e.g. {@code
 *     4:0}
 * @param links the file ids of the files that code has created, by the links to them
 * @param images the file ids of images that the next message of the run shows before its text
 * @param nextSearch the first number in the markers of the next search
 * @param pages the web pages that can be cited, by the two numbers of their markers
 * @param pagesAsLinks whether a citation of a page becomes a Markdown link in the text instead of
 *     an annotation
 */
public record CitationSources(
        Map<String, String> cited,
        Map<String, String> links,
        List<String> images,
        int nextSearch,
        Map<String, UrlCitation> pages,
        boolean pagesAsLinks) {

    /** The number of a thread's first search (contract 8.3). */
    private static final int FIRST_SEARCH = 4;

    /** No sources. */
    public static final CitationSources NONE =
            new CitationSources(Map.of(), Map.of(), List.of(), FIRST_SEARCH);

    /** Sources without web pages. */
    CitationSources(
            Map<String, String> cited,
            Map<String, String> links,
            List<String> images,
            int nextSearch) {
        this(cited, links, images, nextSearch, Map.of(), false);
    }

    /** The sources for the next message of this run. */
    static CitationSources of(Run run, List<Entry> conversation, BuiltInTools tools) {
        Found found = new Found(tools);
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
        return new CitationSources(
                found.cited,
                found.links,
                List.copyOf(found.images),
                found.nextSearch,
                found.pages,
                run.tools().stream().anyMatch(CitationSources::citesByLinks));
    }

    private static boolean citesByLinks(Tool tool) {
        return WebSearchTool.citesByLinks(tool);
    }

    private static final class Found implements SourceCollector {

        private final BuiltInTools tools;
        private final Map<String, String> cited = new HashMap<>();
        private final Map<String, String> links = new HashMap<>();
        private final List<String> images = new ArrayList<>();
        private final Map<String, UrlCitation> pages = new HashMap<>();
        private int nextSearch = FIRST_SEARCH;
        private boolean ofThisRun;

        Found(BuiltInTools tools) {
            this.tools = tools;
        }

        void take(RunStep step, boolean ownStep) {
            if (step.status() == StepStatus.COMPLETED
                    && step.stepDetails() instanceof StepDetails.ToolCalls(var calls, _)) {
                ofThisRun = ownStep;
                calls.forEach(call -> tools.view(call).collect(this));
            }
        }

        @Override
        public void found(int number, List<String> fileIds) {
            nextSearch = Math.max(nextSearch, number + 1);
            for (int i = 0; i < fileIds.size(); i++) {
                cited.put(number + ":" + i, fileIds.get(i));
            }
        }

        @Override
        public void foundPages(int number, List<Optional<UrlCitation>> found) {
            nextSearch = Math.max(nextSearch, number + 1);
            for (int i = 0; i < found.size(); i++) {
                String marker = number + ":" + i;
                found.get(i).ifPresent(page -> pages.put(marker, page));
            }
        }

        /** Models write the link as it was given to them, or URL-encoded. */
        @Override
        public void made(String path, String fileId) {
            links.put("sandbox:" + path, fileId);
            links.put("sandbox:" + encoded(path), fileId);
        }

        private static String encoded(String path) {
            return URLEncoder.encode(path, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%2F", "/");
        }

        @Override
        public void drawn(String fileId) {
            if (ofThisRun) {
                images.add(fileId);
            }
        }
    }
}
