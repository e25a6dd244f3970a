package dev.threadwell.runworker.turn.tool;

import dev.threadwell.thread.UrlCitation;
import java.util.List;
import java.util.Optional;

/** Collects the results of calls that later messages can cite, link to or show. */
public interface SourceCollector {

    /**
     * Adds files that the model can cite with the markers {@code 【number:index†…】}.
     *
     * @param number the number of the call, which its {@link WrittenCall} took
     * @param fileIds one for each result, in the order in which the model was given them
     */
    void found(int number, List<String> fileIds);

    /**
     * Adds web pages that the model can cite with the markers {@code 【number:index†…】}.
     *
     * @param number the number of the call, which its {@link WrittenCall} took
     * @param pages one for each result, in the order in which the model was given them; empty for a
     *     result that cannot be cited
     */
    void foundPages(int number, List<Optional<UrlCitation>> pages);

    /** Adds a file that the model can link to with {@code sandbox:} and its path. */
    void made(String path, String fileId);

    /** Adds an image that the run's next message shows before its text. */
    void drawn(String fileId);
}
